//! The peer cedar-policy.
//!
//! Lists of actions are lists of entities, a pattern of actions is a group that its actions are
//! in, resources are compared by an attribute, condition values are in the context.

use std::collections::{HashMap, HashSet};

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid,
    PolicySet, Request, Response, RestrictedExpression,
};
use serde_json::Value;

use crate::asked::{Asked, Verdict};
use crate::document::{self, Statement};

/// A policy and its requests, ready to ask.
pub struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
    /// The requests, in the order they were given.
    pub requests: Vec<Request>,
}

impl Cedar {
    /// Translates policies, which are asked together, and requests.
    ///
    /// # Panics
    ///
    /// Something in them has no translation.
    #[must_use]
    pub fn new(policies: &[Value], asked: &[Asked]) -> Self {
        let statements: Vec<Statement> = policies.iter().flat_map(document::statements).collect();
        let text: String = statements.iter().map(translate).collect();
        let policies = text.parse().expect("the translation is a Cedar policy set");
        let entities = entities(&statements, asked);
        let requests = asked.iter().map(request).collect();
        Self { authorizer: Authorizer::new(), policies, entities, requests }
    }

    /// What is measured.
    #[must_use]
    pub fn decide(&self, request: &Request) -> Response {
        self.authorizer.is_authorized(request, &self.policies, &self.entities)
    }

    /// What is compared.
    ///
    /// # Panics
    ///
    /// Cedar reports an error.
    #[must_use]
    pub fn verdict(&self, request: &Request) -> Verdict {
        let response = self.decide(request);
        let diagnostics = response.diagnostics();
        assert_eq!(diagnostics.errors().count(), 0, "Cedar reports errors: {diagnostics:?}");
        match (response.decision(), diagnostics.reason().next()) {
            (Decision::Allow, _) => Verdict::Allow,
            (Decision::Deny, Some(_)) => Verdict::ExplicitDeny,
            (Decision::Deny, None) => Verdict::ImplicitDeny,
        }
    }
}

fn translate(statement: &Statement) -> String {
    assert!(!statement.negated, "no translation of `NotAction`");
    let effect = if statement.allow { "permit" } else { "forbid" };
    let names: Vec<String> =
        statement.actions.iter().map(|action| format!("Action::{action:?}")).collect();
    let action = match names.as_slice() {
        [name] if name.contains('*') => format!("action in {name}"),
        [name] => format!("action == {name}"),
        _ => format!("action in [{}]", names.join(", ")),
    };
    let mut tests = Vec::new();
    if !statement.resources.iter().any(|resource| resource == "*") {
        tests.push(any(&statement.resources, |resource| format!("resource.arn like {resource:?}")));
    }
    for (operator, key, values) in &statement.conditions {
        tests.push(format!("context has {key:?}"));
        tests.push(match (operator.as_str(), values.as_slice()) {
            ("StringEquals", [value]) => format!("context[{key:?}] == {value:?}"),
            ("StringEquals", _) => format!("{values:?}.contains(context[{key:?}])"),
            ("IpAddress", _) => {
                any(values, |block| format!("context[{key:?}].isInRange(ip({block:?}))"))
            }
            _ => panic!("no translation of {operator}"),
        });
    }
    let when = match tests.as_slice() {
        [] => String::new(),
        _ => format!(" when {{ {} }}", tests.join(" && ")),
    };
    format!("{effect} (principal, {action}, resource){when};\n")
}

fn any(values: &[String], test: impl Fn(&String) -> String) -> String {
    format!("({})", values.iter().map(test).collect::<Vec<_>>().join(" || "))
}

fn uid(kind: &str, id: &str) -> EntityUid {
    let kind: EntityTypeName = kind.parse().expect("an entity type");
    EntityUid::from_type_name_and_id(kind, EntityId::new(id))
}

/// The actions that are asked for, each in the groups of the patterns that cover it, and the
/// resources.
fn entities(statements: &[Statement], asked: &[Asked]) -> Entities {
    let mut entities = HashMap::new();
    for asked in asked {
        let name = asked.action.to_string();
        let groups: HashSet<EntityUid> = statements
            .iter()
            .flat_map(|statement| &statement.actions)
            .filter(|pattern| document::covers(pattern, &name))
            .map(|pattern| uid("Action", pattern))
            .collect();
        for group in &groups {
            entities.insert(group.clone(), Entity::new_no_attrs(group.clone(), HashSet::new()));
        }
        let action = uid("Action", &name);
        entities.insert(action.clone(), Entity::new_no_attrs(action, groups));

        let resource = uid("Resource", asked.arn);
        let arn = RestrictedExpression::new_string(asked.arn.into());
        let entity = Entity::new(resource.clone(), [("arn".into(), arn)].into(), HashSet::new());
        entities.insert(resource, entity.expect("a text is a good attribute"));
    }
    Entities::from_entities(entities.into_values(), None).expect("the groups have no cycle")
}

fn request(asked: &Asked) -> Request {
    let texts =
        asked.texts().map(|(key, value)| (key, RestrictedExpression::new_string(value.into())));
    let address =
        asked.source_ip().map(|ip| ("acs:SourceIp", RestrictedExpression::new_ip(ip.to_string())));
    let pairs = texts.chain(address).map(|(key, value)| (String::from(key), value));
    Request::new(
        uid("User", "zhangsan"),
        uid("Action", &asked.action.to_string()),
        uid("Resource", asked.arn),
        Context::from_pairs(pairs).expect("every key stands once"),
        None,
    )
    .expect("without a schema every request is good")
}
