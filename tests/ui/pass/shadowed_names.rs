//! The author's own items have the names that an expansion could use.

#![allow(dead_code, non_camel_case_types, non_upper_case_globals, unused_macros)]

mod core {}
mod std {}
mod alloc {}
mod p {}
mod ram_policy_model {}
mod ram_policy_macros {}
mod __private {}

struct Option;
struct Some;
struct None;
struct Vec;
struct String;
struct Cow;
struct Borrowed;
struct Policy;
struct PolicyTemplate;
struct ServiceLinkedRole;
struct Document;
struct Statement;
struct Element;
struct Glob;
struct Box;
struct Result;
struct u32;
struct u8;
struct u16;
struct str;
struct bool;

macro_rules! compile_error {
    ($($tokens:tt)*) => {};
}

macro_rules! concat {
    ($($tokens:tt)*) => {};
}

macro_rules! env {
    ($($tokens:tt)*) => {};
}

macro_rules! include_bytes {
    ($($tokens:tt)*) => {};
}

macro_rules! policy {
    ($($tokens:tt)*) => {};
}

fn main() {
    let typed: ::ram_policy::Policy = ::ram_policy::policy! {
        allow ecs::{StartInstance, StopInstance} on "acs:ecs:*:*:instance/*"
            when acs::SourceIp in "203.0.113.0/24";
    };
    let file: ::ram_policy::Policy = ::ram_policy::policy_file!("ui/files/servers.json");
    ::std::assert!(typed == file);

    let template: ::ram_policy::PolicyTemplate = ::ram_policy::policy! {
        <regionid, accountid>
        allow apigateway::Describe* on "acs:apigateway:{regionid}:{accountid}:apigroup/*"
            when acs::CurrentTime < "2026-11-30T17:00:00+08:00" and acs::MFAPresent == true
            and apigateway::tag["team"] like "web-*";
    };
    ::std::assert!(template.parameters().eq(["regionid", "accountid"]));

    let role: ::ram_policy::ServiceLinkedRole = ::ram_policy::service_linked_role! {
        role: AliyunServiceRoleForApiGatewayMonitoring,
        policy: AliyunServiceRolePolicyForApiGatewayMonitoring,
        service: "monitor.apigateway.aliyuncs.com",
        permissions: {
            allow cms::DescribeMonitorGroups on "acs:cms:*:*:*";
        },
    };
    ::std::assert!(role.service().is_some());
}
