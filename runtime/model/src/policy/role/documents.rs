//! The documents that go with a service-linked role.

use alloc::borrow::Cow;
use alloc::{vec, vec::Vec};

use super::{ServiceLinkedRole, TrustPolicy};
use crate::check::role::SERVICE_NAME;
use crate::document::{
    Condition, Document, Element, KeyCondition, Principal, Principals, Statement, Values,
};
use crate::policy::Policy;
use crate::terms::effect::Effect;
use crate::terms::layout::{Layout, Shape};
use crate::terms::operand::{Meaning, Operand};
use crate::terms::operator::{ConditionOperator, Operator};
use crate::terms::pattern::{ActionPattern, ResourcePattern};
use crate::terms::principal::PrincipalKind;

impl ServiceLinkedRole {
    /// Who may assume the role: its service alone (RAM: Service-linked roles). `None` for a role
    /// without a documented service.
    #[must_use]
    pub fn trust_policy(&self) -> Option<TrustPolicy> {
        let service = self.service?;
        let elements = vec![
            Element::Action(one(ActionPattern::new(Cow::Borrowed("sts:AssumeRole")))),
            Element::Effect,
            Element::Principal(Principals::ByType(Cow::Owned(vec![Principal {
                kind: PrincipalKind::Service,
                values: Values {
                    shape: Shape::Many,
                    items: Cow::Owned(vec![Cow::Borrowed(service)]),
                },
            }]))),
        ];
        Some(TrustPolicy::from_document(document(Layout::VersionLast, elements)))
    }

    /// What a RAM user needs to create the role. `None` for a role without a documented service.
    #[must_use]
    pub fn create_policy(&self) -> Option<Policy> {
        let service = self.service?;
        let operand = Operand { text: Cow::Borrowed(service), meaning: Meaning::Text };
        let condition = Condition {
            operator: ConditionOperator::Known(Operator::StringEquals),
            keys: Cow::Owned(vec![KeyCondition {
                key: Cow::Borrowed(SERVICE_NAME),
                values: one(operand),
            }]),
        };
        let elements = vec![
            Element::Action(one(ActionPattern::new(Cow::Borrowed("ram:CreateServiceLinkedRole")))),
            Element::Resource(one(ResourcePattern::new(Cow::Borrowed("*")))),
            Element::Effect,
            Element::Condition(Cow::Owned(vec![condition])),
        ];
        Some(Policy::from_document(document(Layout::VersionFirst, elements)))
    }
}

fn one<T: Clone>(value: T) -> Values<T> {
    Values { shape: Shape::One, items: Cow::Owned(vec![value]) }
}

fn document(layout: Layout, elements: Vec<Element>) -> Document {
    let statement = Statement { effect: Effect::Allow, elements: Cow::Owned(elements) };
    Document { layout, statements: Cow::Owned(vec![statement]) }
}
