//! Policies that many people need, to be used alone or to be included in others.
//!
//! Each is a constant like those that you write: a [`PolicyTemplate`] whose values are bound at run time,
//! or a [`Policy`]. Each names the page that its document is from, or that its actions, ARNs and keys are
//! from. What is narrower than the page says so.
//!
//! ```
//! use ram_policy::template::Name;
//! use ram_policy::{PolicyTemplate, pack, policy};
//!
//! const REPORTS: PolicyTemplate = policy! {
//!     <bucket, team>
//!     include pack::READ_BUCKET;
//!     include pack::START_AND_STOP_TAGGED;
//!     include pack::READ_ACTION_TRAIL;
//! };
//! let policy = REPORTS.bind([
//!     ("bucket", Name::new("reports")?.into()),
//!     ("team", Name::new("web")?.into()),
//! ])?;
//! assert!(policy.to_json().contains("acs:oss:*:*:reports/*"));
//! # Ok::<(), ram_policy::template::BindError>(())
//! ```

use crate::{Policy, PolicyTemplate, policy};

/// Lists the objects of one bucket and reads them; the parameter is `bucket`.
///
/// The document of the page, with the bucket as a parameter (RAM: Use RAM to manage OSS permissions).
///
/// ```
/// use ram_policy::{pack, template::Name};
///
/// let policy = pack::READ_BUCKET.bind([("bucket", Name::new("reports")?.into())])?;
/// assert!(policy.to_json().contains(r#""Action":"oss:GetObject","Resource":"acs:oss:*:*:reports/*""#));
/// # Ok::<(), ram_policy::template::BindError>(())
/// ```
pub const READ_BUCKET: PolicyTemplate = policy! {
    <bucket>
    allow oss::ListObjects on "acs:oss:*:*:{bucket}";
    allow oss::GetObject on "acs:oss:*:*:{bucket}/*";
};

/// Everything that OSS does with one bucket and its objects; the parameter is `bucket`.
///
/// The document of the page, with the bucket as a parameter (RAM: Use RAM to manage OSS permissions).
///
/// ```
/// use ram_policy::{pack, template::Name};
///
/// let policy = pack::MANAGE_BUCKET.bind([("bucket", Name::new("reports")?.into())])?;
/// assert!(policy.to_json().contains(r#"["acs:oss:*:*:reports","acs:oss:*:*:reports/*"]"#));
/// # Ok::<(), ram_policy::template::BindError>(())
/// ```
pub const MANAGE_BUCKET: PolicyTemplate = policy! {
    <bucket>
    allow oss::* on "acs:oss:*:*:{bucket}", "acs:oss:*:*:{bucket}/*";
};

/// Reads the objects of one folder of a bucket; the parameters are `bucket` and `folder`, which is a path.
///
/// The document of the page, with bucket and folder as parameters (RAM: Use RAM to manage OSS
/// permissions).
///
/// ```
/// use ram_policy::{pack, template::{Name, Path}};
///
/// let policy = pack::READ_FOLDER.bind([
///     ("bucket", Name::new("myphotos")?.into()),
///     ("folder", Path::new("hangzhou/2015")?.into()),
/// ])?;
/// assert!(policy.to_json().contains("acs:oss:*:*:myphotos/hangzhou/2015/*"));
/// # Ok::<(), ram_policy::template::BindError>(())
/// ```
pub const READ_FOLDER: PolicyTemplate = policy! {
    <bucket, folder: path>
    allow [oss::GetObject] on ["acs:oss:*:*:{bucket}/{folder}/*"];
};

/// Delivers logs to one Logstore; the parameters are `project` and `logstore`.
///
/// Action and ARN are those of the authorization table (Simple Log Service: RAM authorization).
///
/// ```
/// use ram_policy::{pack, template::Name};
///
/// let policy = pack::DELIVER_LOGS.bind([
///     ("project", Name::new("web")?.into()),
///     ("logstore", Name::new("access")?.into()),
/// ])?;
/// assert!(policy.to_json().contains("acs:log:*:*:project/web/logstore/access"));
/// # Ok::<(), ram_policy::template::BindError>(())
/// ```
pub const DELIVER_LOGS: PolicyTemplate = policy! {
    <project, logstore>
    allow log::PostLogStoreLogs on "acs:log:*:*:project/{project}/logstore/{logstore}";
};

/// Reads the logs of one project and how it is set up; the parameter is `project`.
///
/// The actions of the page, on one project instead of all (Simple Log Service: Overview of RAM policies).
///
/// ```
/// use ram_policy::{pack, template::Name};
///
/// let policy = pack::READ_LOGS.bind([("project", Name::new("web")?.into())])?;
/// assert!(policy.to_json().contains("acs:log:*:*:project/web/*"));
/// # Ok::<(), ram_policy::template::BindError>(())
/// ```
pub const READ_LOGS: PolicyTemplate = policy! {
    <project>
    allow log::Get*, log::List* on "acs:log:*:*:project/{project}", "acs:log:*:*:project/{project}/*";
};

/// Starts, stops and restarts the instances whose tag `team` has one value; the parameter is `team`.
///
/// The condition and the second statement of the page; the first one has all of `ecs:*` there (RAM: Use
/// tags to grant access to ECS instances by group).
///
/// ```
/// use ram_policy::{pack, template::Name};
///
/// let policy = pack::START_AND_STOP_TAGGED.bind([("team", Name::new("dev")?.into())])?;
/// assert!(policy.to_json().contains(r#"{"StringEquals":{"ecs:tag/team":"dev"}}"#));
/// # Ok::<(), ram_policy::template::BindError>(())
/// ```
pub const START_AND_STOP_TAGGED: PolicyTemplate = policy! {
    <team>
    allow ecs::{StartInstance, StopInstance, RebootInstance} on "acs:ecs:*:*:instance/*"
        when ecs::tag["team"] == "{team}";
    allow ecs::DescribeTag* on *;
};

/// Passes one role to one service; the parameters are `account`, `role` and `service`.
///
/// Who may pass a role hands over what the role may do (RAM: PassRole); `acs:Service` limits to which
/// service, as in the system policies of Function Compute.
///
/// ```
/// use ram_policy::{pack, template::{AccountId, Name}};
///
/// let policy = pack::PASS_ROLE.bind([
///     ("account", AccountId::new("1234567890123456")?.into()),
///     ("role", Name::new("web")?.into()),
///     ("service", Name::new("ecs.aliyuncs.com")?.into()),
/// ])?;
/// assert!(policy.to_json().contains(r#""acs:Service":"ecs.aliyuncs.com""#));
/// # Ok::<(), ram_policy::template::BindError>(())
/// ```
pub const PASS_ROLE: PolicyTemplate = policy! {
    <account, role, service>
    allow ram::PassRole on "acs:ram:*:{account}:role/{role}" when acs::Service == "{service}";
};

/// Manages the AccessKey pairs of one user; the parameter is `user`.
///
/// The document of the page, with the user as a parameter (RAM: Authorize a RAM user to manage AccessKey
/// pairs).
///
/// ```
/// use ram_policy::{pack, template::Name};
///
/// let policy = pack::MANAGE_ACCESS_KEYS.bind([("user", Name::new("alice")?.into())])?;
/// assert!(policy.to_json().contains("acs:ram:*:*:user/alice"));
/// # Ok::<(), ram_policy::template::BindError>(())
/// ```
pub const MANAGE_ACCESS_KEYS: PolicyTemplate = policy! {
    <user>
    ram::{CreateAccessKey, ListAccessKeys, UpdateAccessKey, DeleteAccessKey}
        on "acs:ram:*:*:user/{user}" allow;
};

/// Manages the MFA device of one user; the parameter is `user`.
///
/// The document of the page, with the user as a parameter (RAM: Authorize a RAM user to manage MFA
/// devices).
///
/// ```
/// use ram_policy::{pack, template::Name};
///
/// let policy = pack::MANAGE_MFA_DEVICE.bind([("user", Name::new("alice")?.into())])?;
/// assert!(policy.to_json().contains(r#""ram:BindMFADevice""#));
/// # Ok::<(), ram_policy::template::BindError>(())
/// ```
pub const MANAGE_MFA_DEVICE: PolicyTemplate = policy! {
    <user>
    ram::{GetUserMFAInfo, BindMFADevice, UnbindMFADevice} on "acs:ram:*:*:user/{user}" allow;
    ram::{CreateVirtualMFADevice, DeleteVirtualMFADevice} on * allow;
    version "1";
};

/// Invokes one function; the parameters are `region`, `account` and `function`.
///
/// The action of the page, for one account instead of all (Function Compute: Policies and sample
/// policies).
///
/// ```
/// use ram_policy::{pack, template::{AccountId, Name, Region}};
///
/// let policy = pack::INVOKE_FUNCTION.bind([
///     ("region", Region::new("cn-hangzhou")?.into()),
///     ("account", AccountId::new("1234567890123456")?.into()),
///     ("function", Name::new("demo")?.into()),
/// ])?;
/// assert!(policy.to_json().contains("acs:fc:cn-hangzhou:1234567890123456:functions/demo"));
/// # Ok::<(), ram_policy::template::BindError>(())
/// ```
pub const INVOKE_FUNCTION: PolicyTemplate = policy! {
    <region, account, function>
    allow fc::InvokeFunction on "acs:fc:{region}:{account}:functions/{function}";
};

/// Reads the events and trails of ActionTrail.
///
/// The document of the page (RAM: Authorize RAM users to use ActionTrail).
///
/// ```
/// use ram_policy::{Decision, Request, pack};
///
/// let request = Request::new("actiontrail:LookupEvents", "*")?;
/// assert_eq!(pack::READ_ACTION_TRAIL.evaluate(&request), Decision::Allow { statement: 0 });
/// # Ok::<(), ram_policy::RequestError>(())
/// ```
pub const READ_ACTION_TRAIL: Policy = policy! {
    allow actiontrail::LookupEvents, actiontrail::Describe*, actiontrail::Get* on *;
};
