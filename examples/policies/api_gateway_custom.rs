//! Custom policies the API Gateway documents give as examples.

use ram_policy::{Policy, PolicyTemplate, policy};

/// Sees everything in API Gateway.
///
/// Source: API Gateway, "Use RAM to manage the permissions on API resources".
pub const API_GATEWAY_DESCRIBE_ALL: Policy = policy! {
    apigateway::Describe* on * allow;
};

/// Sees the APIs of every group in one region of one account.
///
/// Source: API Gateway, "Use RAM to manage the permissions on API resources".
pub const API_GATEWAY_QUERY_APIS: PolicyTemplate = policy! {
    <regionid, accountid>
    apigateway::Describe* on "acs:apigateway:{regionid}:{accountid}:apigroup/*" allow;
};

/// Sees the APIs of the groups that have the tag `version:v1`.
///
/// Source: API Gateway, "Use RAM to manage the permissions on API resources".
pub const API_GATEWAY_QUERY_TAGGED: PolicyTemplate = policy! {
    <regionid, accountid>
    apigateway::Describe*
        on "acs:apigateway:{regionid}:{accountid}:apigroup/*"
        allow
        when apigateway::tag["version"] == "v1";
};

/// Does everything with the APIs of one group, one application that calls them, and the ways into
/// VPCs.
///
/// Source: API Gateway, "Use RAM to manage the permissions on API resources".
pub const API_GATEWAY_MANAGE_GROUP: PolicyTemplate = policy! {
    <regionid, accountid, groupId, appId>
    apigateway::*
        on "acs:apigateway:{regionid}:{accountid}:apigroup/{groupId}",
           "acs:apigateway:{regionid}:{accountid}:app/{appId}",
           "acs:apigateway:{regionid}:{accountid}:vpcaccess/*"
        allow;
};
