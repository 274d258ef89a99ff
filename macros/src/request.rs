//! `request_for!`: a type of requests that has a field for each condition key of a policy, and decides by
//! the fields.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Ident, Span, TokenStream};
use quote::quote;
use ram_policy_model::catalogue::{KeyType, condition_key};
use ram_policy_model::document::lower::Lowered;
use ram_policy_model::policy::reader::Read;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_read::input::{self, CratePath};
use ram_policy_read::place::Place;
use ram_policy_read::policy::{Read as Parsed, read as parse};
use ram_policy_read::tokens::Tokens;

use crate::policy::reader;
use crate::{additions, expand, report};

/// A condition key of the policy.
struct Field {
    /// The key.
    key: String,
    name: Ident,
    value_type: KeyType,
}

/// The policy, the type of its requests, and what that can do.
pub(crate) fn expand(stream: TokenStream) -> TokenStream {
    let start = Place::at(Span::call_site());
    let Some((path, mut tokens)) = input::split(stream) else {
        return report::error(start, "expected a request and a policy");
    };
    let (Some(constant), Some(head), Some(body)) = (
        tokens.take_group(Delimiter::Bracket),
        tokens.take_group(Delimiter::Bracket),
        tokens.take_group(Delimiter::Brace),
    ) else {
        return report::error(start, "expected a request and a policy");
    };
    let mut head = Tokens::inside(&head);
    let mut before = TokenStream::new();
    let mut name = None;
    while let Some(token) = head.next() {
        if let proc_macro2::TokenTree::Ident(word) = &token
            && head.is_empty()
        {
            name = Some(word.clone());
        } else {
            before.extend([token]);
        }
    }
    let Some(name) = name else {
        return report::error(start, "expected the name of the request");
    };
    // The policy itself; what is wrong with it is reported by its macro alone.
    let (constant, body_of_it) = (constant.stream(), body.stream());
    let policy_as = |value: TokenStream| quote!(#constant: #path::Policy = #value;);
    let mut items = policy_as(quote!(#path::policy! { #body_of_it }));
    let mut tokens = Tokens::inside(&body);
    let at = tokens.place();
    let mut found = Report::default();
    let header = input::header(&mut tokens, &mut found);
    let Some(Parsed { policy, .. }) = parse(&mut tokens, &header, &mut found) else {
        return items;
    };
    let mut own = Report::default();
    if let Some(parameter) = header.parameters.first() {
        let message = "a template has no requests, its policy is known when it is bound";
        own.add(parameter.parameter.name.at, Rule::Parameter, message);
    }
    if let Some(include) = policy.includes.first() {
        let message = "the macro does not see the condition keys of what is included, so no request has fields for them";
        own.add(include.name.at, Rule::Grammar, message);
    }
    if !own.is_empty() {
        let mut items = report::all(&own.into_diagnostics(), &header.levels);
        items.extend(policy_as(quote!(#path::Policy::refused())));
        items.extend(quote!(#before #name {}));
        return items;
    }
    items.extend(additions::items_with(at, |additions| {
        let Read { lowered, .. } =
            reader(PolicyKind::Identity, &header, additions).tree(&policy, found);
        // Why there is none `policy!` has reported.
        let Some(lowered) = lowered else { return quote!(#before #name {}) };
        match fields(&lowered) {
            Ok(fields) => write(&path, &before, &name, &fields, &lowered),
            Err(message) => report::error(at, &message),
        }
    }));
    items
}

/// The fields, in the order in which the policy asks for their keys.
fn fields(lowered: &Lowered) -> Result<Vec<Field>, String> {
    let mut fields: Vec<Field> = Vec::new();
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    let conditions = lowered.document.statements.iter().flat_map(|one| one.conditions());
    for key in conditions.flat_map(|condition| condition.keys.iter()).map(|key| &*key.key) {
        if fields.iter().any(|field| field.key == key) {
            continue;
        }
        let name = field_name(key);
        if let Some(other) = taken.insert(name.clone(), key.to_owned()) {
            return Err(format!(
                "`{other}` and `{key}` would both be the field `{name}`; use `Request` for this policy"
            ));
        }
        let name = Ident::new(&name, Span::call_site());
        let value_type = match condition_key::judge(key) {
            condition_key::Verdict::Known(known) => known.value_type,
            condition_key::Verdict::Unfamiliar
            | condition_key::Verdict::Malformed
            | condition_key::Verdict::Misspelt(_)
            | condition_key::Verdict::UnknownGlobal(_)
            | condition_key::Verdict::Retired(_) => KeyType::Unknown,
        };
        fields.push(Field { key: key.to_owned(), name, value_type });
    }
    Ok(fields)
}

/// Words of Rust, which no field has as its name.
const KEYWORDS: [&str; 49] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where",
];

/// `source_ip` of `acs:SourceIp`, `ecs_tag_owner` of `ecs:tag/owner`.
fn field_name(key: &str) -> String {
    let key = key.strip_prefix("acs:").unwrap_or(key);
    let letters: Vec<char> = key.chars().collect();
    let mut name = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(index + 1);
        let begins_word = letter.is_ascii_uppercase()
            && (before.is_some_and(char::is_ascii_lowercase)
                || (before.is_some_and(char::is_ascii_uppercase)
                    && after.is_some_and(char::is_ascii_lowercase)));
        if begins_word && !name.ends_with('_') {
            name.push('_');
        }
        if letter.is_ascii_alphanumeric() {
            name.push(letter.to_ascii_lowercase());
        } else if !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name.trim_matches('_').to_owned();
    if KEYWORDS.contains(&name.as_str()) {
        return format!("{name}_");
    }
    // No Rust name begins with a digit.
    if name.starts_with(|first: char| first.is_ascii_digit()) || name.is_empty() {
        format!("key_{name}")
    } else {
        name
    }
}

fn write(
    path: &CratePath,
    before: &TokenStream,
    name: &Ident,
    fields: &[Field],
    lowered: &Lowered,
) -> TokenStream {
    let private = quote!(#path::__private);
    let is_text = |field: &&Field| matches!(field.value_type, KeyType::String | KeyType::Unknown);
    let lifetime = fields.iter().find(is_text).map(|_| quote!(<'a>));
    let any = lifetime.as_ref().map(|_| quote!(<'_>));
    let declared = fields.iter().map(|field| {
        let doc = format!("The value of `{}`, if the request has one.", field.key);
        let (name, value) = (&field.name, type_of(&private, field.value_type));
        quote!(#[doc = #doc] pub #name: #private::Option<#value>,)
    });
    let names: Vec<&Ident> = fields.iter().map(|field| &field.name).collect();
    let kinds: Vec<TokenStream> =
        fields.iter().map(|field| key_type(&private, field.value_type)).collect();
    let keys: Vec<&str> = fields.iter().map(|field| field.key.as_str()).collect();
    let by_name: Vec<(String, String)> =
        fields.iter().map(|field| (field.key.clone(), field.name.to_string())).collect();
    let decide = expand::decide_by_fields(&lowered.document, &by_name);
    quote! {
        #[derive(Debug, Clone, Copy)]
        #before #name #lifetime { #(#declared)* }

        const _: () = {
            use #private as p;

            struct __Context<'a> {
                #(#names: p::fields::Field<'a>,)*
                __of: p::Option<&'a p::str>,
            }

            #decide

            impl #name #any {
                /// Decides a request of this action and resource, by the values of its fields.
                ///
                /// # Errors
                ///
                /// An unknown or malformed action, a resource that is neither `*` nor an ARN.
                pub fn evaluate<'r, A>(
                    &self,
                    action: A,
                    resource: &'r p::str,
                ) -> p::Result<p::Decision, p::RequestError>
                where
                    A: p::TryInto<p::RequestAction<'r>>,
                    p::RequestError: p::From<A::Error>,
                {
                    let request = p::Request::new(action, resource)?;
                    let context = __Context {
                        #(#names: p::fields::value::<#kinds>(self.#names),)*
                        __of: p::None,
                    };
                    let _ = context.__of;
                    p::Ok(__decide(&request, &context))
                }

                /// The same as a request that any policy decides.
                ///
                /// # Errors
                ///
                /// As `evaluate`; without the Cargo feature `alloc` also more values than fit.
                pub fn to_request<'r, A>(
                    &'r self,
                    action: A,
                    resource: &'r p::str,
                ) -> p::Result<p::Request<'r>, p::RequestError>
                where
                    A: p::TryInto<p::RequestAction<'r>>,
                    p::RequestError: p::From<A::Error>,
                {
                    let request = p::Request::new(action, resource)?;
                    #(
                        let request = match self.#names {
                            p::Some(value) => {
                                request.try_with(p::Key::<'r, #kinds>::new(#keys), value)?
                            }
                            p::None => request,
                        };
                    )*
                    p::Ok(request)
                }
            }
        };
    }
}

/// The type of a field's value.
fn type_of(private: &TokenStream, value_type: KeyType) -> TokenStream {
    match value_type {
        KeyType::String | KeyType::Unknown => quote!(&'a #private::str),
        KeyType::Number | KeyType::Date | KeyType::Boolean | KeyType::Ip => {
            key_type(private, value_type)
        }
    }
}

/// What marks a key of the type.
fn key_type(private: &TokenStream, value_type: KeyType) -> TokenStream {
    match value_type {
        KeyType::String | KeyType::Unknown => quote!(#private::Text),
        KeyType::Number => quote!(#private::Number),
        KeyType::Date => quote!(#private::Date),
        KeyType::Boolean => quote!(#private::bool),
        KeyType::Ip => quote!(#private::IpAddr),
    }
}

#[cfg(test)]
mod tests {
    use super::field_name;

    #[test]
    fn fields_are_named_by_their_keys() {
        for (key, name) in [
            ("acs:SourceIp", "source_ip"),
            ("acs:MFAPresent", "mfa_present"),
            ("acs:PrincipalARN", "principal_arn"),
            ("ecs:tag/owner", "ecs_tag_owner"),
            ("acs:ResourceTag/cost:centre", "resource_tag_cost_centre"),
            ("oss:x-oss-acl", "oss_x_oss_acl"),
            ("oss:BucketTag/key1", "oss_bucket_tag_key1"),
            ("acs:Type", "type_"),
            ("acs:5G", "key_5g"),
            ("acs:\u{4e2d}", "key_"),
        ] {
            assert_eq!(field_name(key), name, "{key}");
        }
    }
}
