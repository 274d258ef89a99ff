//! The counterexample: a request that the left side allows and the right side does not. It is tried
//! out, never guessed.

use super::buffer::Buffer;
use super::bytes::{Text, at, find, is, part};
use super::cover::Pair;
use super::fields::Fields;
use super::pattern::{covers, fill, is_exact};
use super::request::{Context, Request, is_action};
use super::statement::{Actions, Statements};
use crate::catalogue::SERVICES;

/// Most bytes of the policies' texts that are looked at for a question: a few thousand requests by
/// short policies, some dozens by the longest.
const MOST: usize = 400_000;

/// Actions to try for patterns that reach over services.
const COMMON: [&str; 8] = [
    "ecs:RunInstances",
    "ecs:DescribeInstances",
    "oss:GetObject",
    "oss:PutObject",
    "ram:CreateAccessKey",
    "vpc:CreateVpc",
    "kms:Decrypt",
    "sts:AssumeRole",
];

/// A search for a request of a pair.
struct Search<'a> {
    left: &'a Statements<'a>,
    right: &'a Statements<'a>,
    pair: Pair<'a>,
    found: Option<Request<'a>>,
    /// Bytes that were looked at.
    spent: usize,
}

/// A request of a pair that the left side allows and the right side does not.
pub(super) const fn counterexample<'a>(
    left: &'a Statements<'a>,
    right: &'a Statements<'a>,
    pair: Pair<'a>,
    spent: &mut usize,
) -> Option<Request<'a>> {
    let mut search = Search { left, right, pair, found: None, spent: *spent };
    search.named_by_denials();
    search.of_catalogue();
    search.common();
    search.named_by_allows();
    search.filled();
    *spent = search.spent;
    search.found
}

impl<'a> Search<'a> {
    const fn is_over(&self) -> bool {
        self.found.is_some() || self.spent >= MOST
    }

    /// Tries an action with resources and values that may tell the sides apart.
    const fn action(&mut self, action: Text<'_>) {
        let covered = match self.pair.actions {
            Actions::Of(pattern) => Fields::of_action(pattern).covers(&Fields::of_action(action)),
            Actions::AllBut(list) => !super::statement::one_covers(list, action),
        };
        if !covered || !is_exact(action) || self.is_over() {
            return;
        }
        self.resource(action, self.pair.resource);
        if is(self.pair.resource, b"*", false) {
            self.whole(action);
        }
        // Resources that only the right side tells apart.
        let mut number = 0;
        while number < self.right.len && !self.is_over() {
            let mut resources = self.right.get(number).resources();
            number += 1;
            while let Some(resource) = resources.next() {
                if Fields::of_resource(self.pair.resource).can_meet(&Fields::of_resource(resource))
                {
                    self.resource(action, resource);
                }
            }
        }
    }

    /// Tries the resource `*`.
    const fn whole(&mut self, action: Text<'_>) {
        let mut resource = Buffer::EMPTY;
        resource.push(b'*');
        self.request(action, resource);
    }

    /// Tries a resource that a pattern matches.
    const fn resource(&mut self, action: Text<'_>, pattern: Text<'_>) {
        let arn = Fields::of_resource(pattern);
        let code = part(action, 0, find(action, b':'));
        let mut resource = Buffer::EMPTY;
        resource.add(b"acs:");
        fill(&mut resource, arn.field(0), code);
        resource.push(b':');
        fill_region(&mut resource, arn.field(1));
        resource.push(b':');
        fill_account(&mut resource, arn.field(2));
        resource.push(b':');
        fill_name(&mut resource, arn.field(3));
        self.request(action, resource);
    }

    /// Tries a request without values, with those that its statement asks for, and with those that
    /// a denial asks for too.
    const fn request(&mut self, action: Text<'_>, resource: Buffer<320>) {
        let mut request = Request { action: Buffer::EMPTY, resource, context: Context::EMPTY };
        request.action.add_text(action);
        if !request.is_well_formed() {
            return;
        }
        self.ask(request);
        let own = request.context.and(self.left.get(self.pair.statement).conditions);
        let own = self.past_denials(action, own);
        if own.get(0).is_some() {
            request.context = own;
            self.ask(request);
        }
        let mut number = 0;
        while number < self.right.len && !self.is_over() {
            let statement = self.right.get(number);
            number += 1;
            if !statement.is_about(action) {
                continue;
            }
            if !statement.allows {
                request.context = own.and(statement.conditions);
                self.ask(request);
            } else if !statement.conditions.is_readable {
                request.context = own.with_missing(statement.conditions);
                self.ask(request);
            }
        }
    }

    /// Values that let the negated tests of the left side's own denials fail.
    const fn past_denials(&self, action: Text<'_>, mut context: Context<'a>) -> Context<'a> {
        let mut number = 0;
        while number < self.left.len {
            let denial = self.left.get(number);
            number += 1;
            if !denial.allows && denial.is_about(action) {
                context = context.against(denial.conditions);
            }
        }
        context
    }

    const fn ask(&mut self, request: Request<'a>) {
        if self.is_over() {
            return;
        }
        self.spent += self.left.size + self.right.size;
        let (left, right) = (request.is_allowed(self.left), request.is_allowed(self.right));
        if left.is_yes() && right.is_no() && request.has_values_of_keys(self.left, self.right) {
            self.found = Some(request);
        }
    }

    /// Actions that the denials of the right side name.
    const fn named_by_denials(&mut self) {
        self.named(false);
    }

    /// Actions that the other statements of the right side name, also behind `NotAction`.
    const fn named_by_allows(&mut self) {
        self.named(true);
    }

    const fn named(&mut self, by_allows: bool) {
        let mut number = 0;
        while number < self.right.len && !self.is_over() {
            let statement = self.right.get(number);
            number += 1;
            if statement.allows != by_allows {
                continue;
            }
            let mut patterns = statement.patterns();
            self.spent += self.right.size / 8;
            while let Some(pattern) = patterns.next() {
                // One with capitals in its code is put together anew.
                if is_action(pattern) {
                    self.action(pattern);
                } else {
                    self.fill_action(pattern);
                }
            }
        }
    }

    /// Actions of the catalogue that the pattern covers.
    #[allow(clippy::indexing_slicing, reason = "the index is asked for first")]
    const fn of_catalogue(&mut self) {
        let Actions::Of(pattern) = self.pair.actions else { return };
        let action = Fields::of_action(pattern);
        if !is_exact(action.field(0)) || is_exact(action.field(1)) {
            return;
        }
        let mut index = 0;
        while index < SERVICES.len() && !self.is_over() {
            let service = SERVICES[index];
            index += 1;
            if is(action.field(0), service.code.as_bytes(), true) {
                self.of_service(
                    Text::of(service.names.as_bytes()),
                    service.code.len() + 1,
                    action.field(1),
                );
            }
        }
    }

    /// Actions of a service that a pattern of names covers; a name ends in a line feed.
    const fn of_service(&mut self, names: Text<'static>, head: usize, pattern: Text<'_>) {
        let mut rest = names;
        while !rest.is_empty() && !self.is_over() {
            let end = find(rest, b'\n');
            let full = part(rest, 0, end);
            if covers(pattern, part(full, head, end), true) {
                self.action(full);
            }
            rest = part(rest, end + 1, rest.len());
        }
    }

    #[allow(clippy::indexing_slicing, reason = "the index is asked for first")]
    const fn common(&mut self) {
        let mut index = 0;
        while index < COMMON.len() && !self.is_over() {
            self.action(Text::of(COMMON[index].as_bytes()));
            index += 1;
        }
    }

    /// An action that the catalogue need not have.
    const fn filled(&mut self) {
        match self.pair.actions {
            Actions::Of(pattern) => self.fill_action(pattern),
            Actions::AllBut(_) => self.fill_action(Text::of(b"*:*")),
        }
    }

    const fn fill_action(&mut self, pattern: Text<'_>) {
        let fields = Fields::of_action(pattern);
        let mut action: Buffer<160> = Buffer::EMPTY;
        fill(&mut action, fields.field(0), Text::of(b"ecs"));
        action.make_lower_case();
        action.push(b':');
        fill(&mut action, fields.field(1), Text::of(b"RunInstances"));
        if !action.is_cut {
            self.action(action.as_text());
        }
        // Where a star has to read something.
        action.add(b"X");
        if !action.is_cut {
            self.action(action.as_text());
        }
    }
}

const fn fill_region(into: &mut Buffer<320>, pattern: Text<'_>) {
    // `cn-*` is read best by a region that is there.
    if covers(pattern, Text::of(b"cn-hangzhou"), false) {
        into.add(b"cn-hangzhou");
    } else if covers(pattern, Text::of(b"cn-beijing"), false) {
        into.add(b"cn-beijing");
    } else if !pattern.is_empty() {
        fill(into, pattern, Text::of(b"cn-hangzhou"));
    }
}

const fn fill_account(into: &mut Buffer<320>, pattern: Text<'_>) {
    let mut index = 0;
    if is(pattern, b"*", false) {
        into.add(b"1234567890123456");
        return;
    }
    while index < pattern.len() {
        match at(pattern, index) {
            b'*' | b'?' => into.push(b'1'),
            byte => into.push(byte),
        }
        index += 1;
    }
}

/// As [`fill`], and something in the place of a star behind a `/`.
const fn fill_name(into: &mut Buffer<320>, pattern: Text<'_>) {
    fill(into, pattern, Text::of(b"x"));
    if at(into.as_text(), into.as_text().len().saturating_sub(1)) == b'/' {
        into.push(b'x');
    }
}
