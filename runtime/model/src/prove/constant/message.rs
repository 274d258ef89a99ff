//! What a check of a constant says when it fails.

use super::buffer::Buffer;
use super::cover::Pair;
use super::request::Request;
use super::statement::Actions;
use super::{Answer, Subject};

/// A message; what does not fit is left out.
pub(super) type Message = Buffer<2048>;

/// The message of an answer.
pub(super) const fn message(answer: &Answer<'_>, subject: Subject) -> Message {
    let mut message = Message::EMPTY;
    match answer {
        Answer::Proved => message.add(b"it is proved"),
        Answer::Refuted(request) => {
            message.add(match subject {
                Subject::Within => b"the policy goes beyond its boundary, it allows ".as_slice(),
                Subject::Never => b"the policy allows what it must never allow, ".as_slice(),
            });
            add_request(&mut message, request);
        }
        Answer::Undecided(place) => {
            message.add(match subject {
                Subject::Within => {
                    b"it is not decided while compiling whether the policy keeps within its boundary".as_slice()
                }
                Subject::Never => {
                    b"it is not decided while compiling whether the policy never allows it".as_slice()
                }
            });
            if let Some(pair) = place {
                message.add(b": statement ");
                message.add_number(pair.statement);
                message.add(b", ");
                add_pair(&mut message, pair);
            }
            message.add(match subject {
                Subject::Within => {
                    b"; `assert_within!` without `const` decides it in a test, and so does a boundary in the policy itself".as_slice()
                }
                Subject::Never => {
                    b"; `assert_never!` without `const` decides it in a test, and so does `never` in the policy itself".as_slice()
                }
            });
        }
    }
    message
}

const fn add_pair(message: &mut Message, pair: &Pair<'_>) {
    message.push(b'`');
    match pair.actions {
        Actions::Of(pattern) => message.add_text(pattern),
        Actions::AllBut(list) => {
            message.add(b"* except ");
            message.add_text(list);
        }
    }
    message.add(b"` on `");
    message.add_text(pair.resource);
    message.push(b'`');
}

/// The request as a line of JSON; its parts are escaped already.
pub(super) const fn add_request(message: &mut Message, request: &Request<'_>) {
    message.add(b"{\"action\":\"");
    message.add_text(request.action.as_text());
    message.add(b"\",\"resource\":\"");
    message.add_text(request.resource.as_text());
    message.push(b'"');
    let mut index = 0;
    while let Some((key, value)) = request.context.get(index) {
        message.add(if index == 0 { b",\"context\":{\"".as_slice() } else { b",\"".as_slice() });
        message.add_text(key);
        message.add(b"\":\"");
        message.add_text(value);
        message.push(b'"');
        index += 1;
    }
    message.add(if index == 0 { b"}".as_slice() } else { b"}}".as_slice() });
}
