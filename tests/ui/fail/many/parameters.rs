use ram_policy::{PolicyTemplate, policy};

/// Two parameters in one address.
const ADDRESS: PolicyTemplate = policy! {
    <x, y>
    allow ecs::StopInstance on * when acs::SourceIp in "10.{x}.{y}.0";
};

/// What is bound has no `:`.
const DATE: PolicyTemplate = policy! {
    <until>
    allow ecs::StopInstance on * when acs::CurrentTime < "{until}";
};

const BLOCK: PolicyTemplate = policy! {
    <host>
    allow ecs::StopInstance on * when acs::SourceIp in ["10.0.0.0/33{host}", "10.0.0.{host}"];
};

/// No value is both.
const BOTH: PolicyTemplate = policy! {
    <value>
    allow ecs::StopInstance on * when acs::SourceIp in "{value}" and acs::MFAPresent Bool "{value}";
};

/// Only a pattern stands for a region and for an account.
const PLACES: PolicyTemplate = policy! {
    <place>
    allow ecs::StopInstance on "acs:ecs:{place}:{place}:instance/*" when acs::UserAgent == "{place}";
};

fn main() {
    println!("{ADDRESS:?} {DATE:?} {BLOCK:?} {BOTH:?} {PLACES:?}");
}
