//! Checks resources: the form of ARNs, and whether the statement's actions can be used with them.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::{format, string::String, vec::Vec};
use core::cell::OnceCell;

use super::action::{Coverage, near_services};
use super::context::Check;
use super::slip;
use crate::catalogue;
use crate::catalogue::Granularity;
use crate::catalogue::additions::KnownAction;
use crate::catalogue::find::Template;
use crate::report::rule::Rule;
use crate::source::dialect;
use crate::source::syntax::Statement;
use crate::terms::arn::{Arn, ArnError, Fields};
use crate::terms::overlap::is_wild;
use crate::terms::template;
use crate::text::place::Text;
use crate::text::{order, suggest};

/// An ARN of a statement, its placeholders filled with something plain.
struct Listed<'s, L> {
    written: &'s Text<L>,
    fields: Fields<String>,
}

impl<L: Copy> Check<'_, L> {
    /// Checks the resources of a statement, also by what its actions cover.
    pub(super) fn resources(&mut self, statement: &Statement<L>, coverage: &Coverage<'_, L>) {
        let Some(resources) = statement.resources() else {
            return;
        };
        let mut arns = Vec::new();
        // Whether everything listed is a well-formed ARN, so that what is not covered is known.
        let mut only_arns = true;
        for resource in &resources.items {
            match self.resource(resource, coverage) {
                Some(fields) => arns.push(Listed { written: resource, fields }),
                None => only_arns = false,
            }
        }
        let all_useful = self.useless(&arns, coverage);
        if only_arns && !arns.iter().any(|arn| arn.fields.is_whole_service()) {
            for (action, row) in &coverage.named {
                if row.is_never_limited() {
                    let code = row.code();
                    let message = format!(
                        "`{code}:{}` cannot be limited to a resource, give it a statement of its own on `*`",
                        row.name()
                    );
                    self.report.add(action.at, Rule::NoResourceLevel, message);
                }
            }
            self.partly_limited(coverage);
            self.coarse(&arns, coverage);
            if all_useful {
                self.unserved(&arns, coverage);
            }
        }
    }

    /// Reports patterns of which some actions cannot be limited to a resource.
    fn partly_limited(&mut self, coverage: &Coverage<'_, L>) {
        for (pattern, rows) in coverage.patterns() {
            let Some((number, first)) = rows.never_limited() else { continue };
            let of = rows.len();
            let message = format!(
                "{number} of the {of} known actions of `{}` cannot be limited to a resource, as `{}:{}`; give them a statement on `*`",
                pattern.value,
                first.code(),
                first.name()
            );
            self.report.add(pattern.at, Rule::PartlyNoResourceLevel, message);
        }
    }

    /// Reports ARNs of single resources where RAM's list of services knows none, and no document prints one.
    fn coarse(&mut self, arns: &[Listed<'_, L>], coverage: &Coverage<'_, L>) {
        // Of these the tables say more, which is reported with the action.
        let never: BTreeSet<&str> = coverage
            .named
            .iter()
            .filter(|(_, row)| row.is_never_limited())
            .map(|(_, row)| row.code())
            .collect();
        for arn in arns {
            let code = &arn.fields.service;
            let Some(service) = catalogue::find_service(code).filter(|service| !service.has_arns)
            else {
                continue;
            };
            let granted = match service.granularity {
                Some(Granularity::Service) => "as a whole",
                Some(Granularity::Operation) => "by operation",
                Some(Granularity::Resource) | None => continue,
            };
            if never.contains(service.code) || self.catalogue.has_template_of(code) {
                continue;
            }
            let message = format!(
                "RAM's list of services grants {} {granted}, and no page prints an ARN such as `{}`; `*` is sure to be taken",
                service.title, arn.written.value
            );
            self.report.add(arn.written.at, Rule::CoarseService, message);
        }
    }

    /// Reports actions that take none of the resources; never an error, because the tables have gaps.
    fn unserved(&mut self, arns: &[Listed<'_, L>], coverage: &Coverage<'_, L>) {
        // Many actions take the same few templates.
        let mut known: BTreeMap<&str, bool> = BTreeMap::new();
        for (action, row) in &coverage.named {
            let mut templates: Vec<&str> = Vec::new();
            row.add_templates(&mut templates);
            let Some(first) = templates.first() else { continue };
            let is_served = templates.iter().any(|template| {
                *known.entry(*template).or_insert_with_key(|template| {
                    let template = Template::of(template);
                    arns.iter().any(|arn| template.fits(&arn.fields))
                })
            });
            if !arns.is_empty() && !is_served {
                let message = format!(
                    "no resource of the statement is one `{}` takes, as `{first}`",
                    action.value
                );
                self.report.add(action.at, Rule::ActionWithoutResource, message);
            }
        }
    }

    /// Reports ARNs that no action of the statement can be used with, and says whether there is none;
    /// what is not known to be impossible is possible.
    fn useless(&mut self, arns: &[Listed<'_, L>], coverage: &Coverage<'_, L>) -> bool {
        let unknown = |row: &KnownAction<'_>| row.takes_anything();
        if !coverage.anything.is_empty() || coverage.rows.iter().any(unknown) {
            return true;
        }
        let mut templates: BTreeSet<&str> = BTreeSet::new();
        coverage.rows.iter().for_each(|row| row.add_templates(&mut templates));
        // Actions without resource-level authorization are reported themselves.
        if templates.is_empty() {
            return true;
        }
        let templates = Templates::of(templates);
        let mut all_useful = true;
        // A list may hold an ARN many times; it is held against the templates once.
        let (mut fitting, mut idle): (BTreeSet<&str>, BTreeSet<&str>) = Default::default();
        let taken = OnceCell::new();
        for arn in arns {
            let text = arn.written.value.as_str();
            if fitting.contains(text) {
                continue;
            }
            let is_useful = || arn.fields.is_whole_service() || templates.fit(&arn.fields);
            if !idle.contains(text) && is_useful() {
                fitting.insert(text);
            } else {
                idle.insert(text);
                let message = useless(text, taken.get_or_init(|| taken_by(coverage)));
                self.report.add(arn.written.at, Rule::UselessResource, message);
                all_useful = false;
            }
        }
        all_useful
    }

    /// Reads one ARN and reports what is wrong with it; `None` for `*` and for what is wrong.
    fn resource(
        &mut self,
        resource: &Text<L>,
        coverage: &Coverage<'_, L>,
    ) -> Option<Fields<String>> {
        let text = resource.value.as_str();
        if text == "*" {
            return None;
        }
        if text.is_empty() {
            self.report.add(
                resource.at,
                Rule::EmptyText,
                "a resource is empty, say `*` if all are meant",
            );
            return None;
        }
        let plain = self.plain_arn(resource)?;
        let catalogue = self.catalogue;
        let arn = match Arn::split(&plain) {
            Ok(arn) => arn,
            Err(error) => {
                let (rule, message) = if dialect::is_of_maxcompute(text) {
                    let message = format!(
                        "`{text}` is MaxCompute's form of an ARN, for the policies of its own roles; one of RAM has five fields"
                    );
                    (Rule::UnmatchableArn, message)
                } else {
                    (Rule::MalformedArn, format!("`{text}` is not an ARN: {error}"))
                };
                self.report.add(resource.at, rule, message);
                return None;
            }
        };
        if let Err(error) = arn.check(true) {
            let account = arn.account;
            let hint = if error == ArnError::Account && account.contains(char::is_alphabetic) {
                format!(
                    "; if it is a placeholder, declare a template with `<account = \"{account}\">`"
                )
            } else {
                String::new()
            };
            let message = format!("`{text}` is not an ARN: {error}{hint}");
            let rule = if hint.is_empty() { Rule::UnmatchableArn } else { Rule::Placeholder };
            self.report.add(resource.at, rule, message);
            return None;
        }
        let code = arn.service;
        let vouched = coverage.anything.iter().any(|known| known.is_none_or(|known| known == code));
        let known = is_wild(code)
            || catalogue.service(code).is_some()
            || catalogue.has_template_of(code)
            || catalogue::services().any(|service| {
                service.table().resource_types.iter().any(|kind| {
                    Arn::split(kind.template).is_ok_and(|template| template.service == code)
                })
            });
        if !known && !vouched {
            let is_asked_for = |code: &str| coverage.rows.iter().any(|row| row.code() == code);
            let near = near_services(catalogue, code, is_asked_for);
            let mut slips = near.iter().filter(|near| slip::is_of_code(code, near));
            let is_slip = slips.any(|near| is_asked_for(near));
            let rule = if is_slip { Rule::MisspeltService } else { Rule::UnknownService };
            self.report.add(
                resource.at,
                rule,
                format!(
                    "`{text}` names the unknown service `{code}`{}",
                    suggest::did_you_mean(&near)
                ),
            );
            return None;
        }
        Some(arn.map(Into::into))
    }
}

/// Templates by their services: an ARN of one service meets none of the others.
struct Templates<'t> {
    /// In the order of their services, those of any service first.
    all: Vec<Template<'t>>,
}

impl<'t> Templates<'t> {
    fn of(texts: BTreeSet<&'t str>) -> Self {
        let mut all: Vec<Template<'t>> = texts.into_iter().map(Template::of).collect();
        order::sort_by(&mut all, |left, right| left.service().cmp(&right.service()));
        Self { all }
    }

    /// Whether one of them has an ARN in common with this one, by its fields.
    fn fit(&self, fields: &Fields<String>) -> bool {
        let service = &fields.service;
        let fits = |templates: Option<&[Template<'_>]>| {
            templates.unwrap_or(&[]).iter().any(|template| template.fits(fields))
        };
        if is_wild(service) {
            return fits(Some(&self.all));
        }
        let first = |service: Option<&str>| {
            self.all.partition_point(|template| template.service() < service)
        };
        let start = first(Some(service));
        let of_service = self.all.get(start..).unwrap_or(&[]);
        let end = of_service.partition_point(|template| template.service() == Some(service));
        // None comes before any name.
        fits(of_service.get(..end)) || fits(self.all.get(..first(Some(""))))
    }
}

/// The templates that the named actions take, each once, with what they are compared by.
fn taken_by<'s, L>(coverage: &Coverage<'s, L>) -> Vec<(&'s str, String)> {
    let mut templates: Vec<&str> = Vec::new();
    coverage.named.iter().for_each(|(_, row)| row.add_templates(&mut templates));
    order::sort(&mut templates);
    templates.dedup();
    templates.into_iter().map(|template| (template, template::with_stars(template))).collect()
}

fn useless(text: &str, templates: &[(&str, String)]) -> String {
    let stars = template::with_stars(text);
    let kind_of = |arn: &'_ str| -> Option<(usize, usize)> {
        let id = arn.rsplit(':').next()?;
        let start = arn.len() - id.len();
        Some((start, start + id.find('/').unwrap_or(id.len())))
    };
    let written = kind_of(text).and_then(|(start, end)| text.get(start..end)).unwrap_or("");
    let same = |(template, of_template): &&(&str, String)| {
        let kind = kind_of(template).and_then(|(start, end)| template.get(start..end));
        *template != text
            && (of_template.eq_ignore_ascii_case(&stars)
                || kind.is_some_and(|kind| {
                    kind != written && suggest::distance(kind, written, 2).is_some()
                }))
    };
    if let Some((near, _)) = templates.iter().find(same) {
        return format!(
            "no action of the statement can be used with `{text}`, did you mean `{near}`?"
        );
    }
    match templates {
        [] => format!("no action of the statement can be used with `{text}`"),
        [(one, _)] => {
            format!("no action of the statement can be used with `{text}`, it takes `{one}`")
        }
        [(first, _), ..] => {
            format!(
                "no action of the statement can be used with `{text}`, they take `{first}` and the like"
            )
        }
    }
}
