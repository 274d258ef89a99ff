//! `include`: statements of files are read here; those of constants the compiler puts in, because only
//! it knows their values.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use ram_policy_model::decide::{dispatch, grants};
use ram_policy_model::document::lower::Lowered;
use ram_policy_model::document::{self, Document, Indent};
use ram_policy_model::policy::reader::parsed;
use ram_policy_model::report::diagnostic::{Diagnostic, Report};
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::syntax::{Include, Policy};
use ram_policy_model::terms::layout::Layout;
use ram_policy_model::text::json::TextRange;
use ram_policy_read::include::Included;
use ram_policy_read::input::{CratePath, Header};
use ram_policy_read::place::{InFile, Place};

use crate::{crate_file, excerpt, expand};

/// What a policy includes.
#[derive(Default)]
pub(crate) struct Includes {
    /// The files whose statements are in the policy now.
    files: Vec<File>,
    /// The constants, in their order.
    constants: Vec<Constant>,
}

struct File {
    name: String,
    text: String,
}

struct Constant {
    path: TokenStream,
    at: Place,
    /// How many own statements come before it.
    before: usize,
}

impl Includes {
    /// Puts the statements of files into a policy, and keeps the constants.
    pub(crate) fn of(
        policy: &mut Policy<Place>,
        included: Vec<Included>,
        found: &mut Report<Place>,
    ) -> Self {
        let mut includes = Self::default();
        let mut more = 0;
        let written = std::mem::take(&mut policy.includes);
        for (Include { name, before }, included) in written.into_iter().zip(included) {
            let before = before + more;
            match included {
                Included::Constant(path) => {
                    includes.constants.push(Constant { path, at: name.at, before });
                    policy.includes.push(Include { name, before });
                }
                Included::File(path) => {
                    let text = match crate_file::open(&path.value) {
                        Ok(text) => text,
                        Err(message) => {
                            found.add(path.at, Rule::Grammar, message);
                            policy.broken = true;
                            continue;
                        }
                    };
                    let number = u16::try_from(includes.files.len()).unwrap_or(u16::MAX);
                    // A file that is longer is refused for its length.
                    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
                    let place = |TextRange { start, end }| Place {
                        file: Some(InFile { number, start: byte(start), end: byte(end) }),
                        ..path.at
                    };
                    let read = parsed(&text);
                    includes.files.push(File { name: path.value.clone(), text: text.clone() });
                    let report = match read {
                        Ok((of_file, report)) => {
                            more += of_file.statements.len();
                            let statements = of_file.statements.iter();
                            let statements = statements.map(|one| one.with_places(&place));
                            policy.statements.splice(before..before, statements);
                            policy.broken |= of_file.broken;
                            report
                        }
                        Err(report) => {
                            policy.broken = true;
                            report
                        }
                    };
                    let of_file = report.into_diagnostics().into_iter();
                    let of_file = of_file.map(|Diagnostic { at, rule, message }| Diagnostic {
                        at: place(at),
                        rule,
                        message,
                    });
                    found.extend(of_file.collect());
                }
            }
        }
        includes
    }

    /// Whether the macro knows every statement.
    pub(crate) fn is_whole(&self) -> bool {
        self.constants.is_empty()
    }

    /// The first constant as the author has written it.
    pub(crate) fn first(&self) -> String {
        self.constants.first().map(|one| one.path.to_string().replace(' ', "")).unwrap_or_default()
    }

    /// Shows the line of a file for what is found there.
    pub(crate) fn show(&self, findings: &mut [Diagnostic<Place>]) {
        for found in findings {
            let Some(InFile { number, start, end }) = found.at.file else { continue };
            if let Some(File { name, text }) = self.files.get(usize::from(number)) {
                let range = TextRange { start: start as usize, end: end as usize };
                found.message = excerpt::show(name, text, range, &found.message);
            }
        }
    }

    /// The files, as inputs of the build.
    pub(crate) fn track(&self) -> TokenStream {
        self.files.iter().map(|file| crate_file::track(&file.name)).collect()
    }

    /// An expression of type `Policy` or `PolicyTemplate` with the statements of the constants in it;
    /// `items` may speak of its text as `__JSON`.
    pub(crate) fn write(
        &self,
        path: &CratePath,
        header: &Header,
        lowered: &Lowered,
        items: &TokenStream,
    ) -> TokenStream {
        let is_template = header.is_template;
        let document = &lowered.document;
        let names: Vec<Ident> = (0..self.constants.len())
            .map(|number| Ident::new(&format!("__INCLUDED_{number}"), Span::call_site()))
            .collect();
        // Outside of what the library's names are in scope of, so that a path means what it says.
        let constants = self.constants.iter().zip(&names).map(|(constant, name)| {
            let (value, at) = (&constant.path, constant.at);
            if is_template {
                let part = quote_spanned!(at.start=> as_part);
                quote!(const #name: #path::__private::Part = #value.#part();)
            } else {
                // A constant of another type is marked where it is named.
                let reference = quote_spanned!(at.start=> &);
                quote!(const #name: &#path::Policy = #reference #value;)
            }
        });
        let (parts, places) = self.parts(document, &names, is_template);
        let number = parts.len();
        let (head, tail) = match document.layout {
            Layout::VersionFirst => (r#"{"Version":"1","Statement":["#, "]}"),
            Layout::VersionLast => (r#"{"Statement":["#, r#"],"Version":"1"}"#),
            Layout::StatementsOnly => ("", ""),
        };
        let checks = self.constants.iter().zip(&places).map(|(constant, place)| {
            let (start, end) = (constant.at.start, constant.at.end);
            let (once, pass) =
                (quote_spanned!(start=> p::once), quote_spanned!(start=> p::pass_through));
            let arguments = quote_spanned!(end=> (&__PARTS, #place));
            let passes = is_template.then(|| {
                let arguments = quote_spanned!(end=> (&__PARTS[#place], &__PARAMETERS));
                quote!(#pass #arguments;)
            });
            quote!(const _: () = { #once #arguments; #passes };)
        });
        let at = self
            .constants
            .first()
            .map_or_else(|| Place::at(Span::call_site()), |constant| constant.at);
        let json = quote_spanned!(at.start=> p::json);
        let json_arguments = quote_spanned!(at.end=> (&__BYTES, #is_template));
        let value = if is_template {
            let blanks = expand::blanks_with(lowered);
            let used = header.parameters.iter().enumerate().map(|(number, declared)| {
                let at = declared.parameter.name.at;
                let is_used = quote_spanned!(at.start=> p::is_used);
                let arguments = quote_spanned!(at.end=> (&__BLANKS, &__PARAMETERS, #number));
                quote!(const _: () = #is_used #arguments;)
            });
            quote! {
                #blanks
                #(#used)*
                p::PolicyTemplate::compiled(__JSON, &__PARAMETERS, &__BLANKS)
            }
        } else {
            let runs = dispatch::runs(document);
            let (granted, denied) =
                (grants::grants(document, &runs), grants::denied(document, &runs));
            expand::policy_with(document, &runs, &granted, &denied)
        };
        let parameters = if is_template { expand::parameters(header) } else { TokenStream::new() };
        quote!({
            #(#constants)*
            {
                use #path::__private as p;
                #[allow(long_running_const_eval)]
                const __PARTS: [p::Part; #number] = p::numbered([#(#parts),*]);
                #parameters
                #(#[allow(long_running_const_eval)] #checks)*
                #[allow(long_running_const_eval)]
                const __BYTES: [p::u8; p::length(&__PARTS, #head, #tail)] =
                    p::text(&__PARTS, #head, #tail);
                #[allow(long_running_const_eval)]
                const __JSON: &p::str = #json #json_arguments;
                #items
                #value
            }
        })
    }

    /// Own statements and constants in their order, and the places of the constants among them.
    fn parts(
        &self,
        document: &Document,
        names: &[Ident],
        is_template: bool,
    ) -> (Vec<TokenStream>, Vec<usize>) {
        let (mut parts, mut places) = (Vec::new(), Vec::new());
        let mut done = 0;
        let mut own = |parts: &mut Vec<TokenStream>, end: usize| {
            let statements = document.statements.get(done..end).unwrap_or(&[]);
            done = done.max(end);
            if !statements.is_empty() {
                let alone = Document {
                    layout: Layout::StatementsOnly,
                    statements: statements.to_vec().into(),
                };
                let (text, number) = (document::write(&alone, Indent::Minified), statements.len());
                parts.push(quote!(p::Part::own(#text, #number)));
            }
        };
        for (constant, name) in self.constants.iter().zip(names) {
            own(&mut parts, constant.before);
            places.push(parts.len());
            parts.push(if is_template { quote!(#name) } else { quote!(p::Part::of(#name)) });
        }
        own(&mut parts, document.statements.len());
        (parts, places)
    }
}
