use ram_policy::{TrustPolicy, trust_policy};

/// Lets somebody assume the role.
const TRUST: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by federated "acs:ram::1234567890123456:oidc-provider/ack"
        when oidc::aud == "sts.aliyuncs.com";
};

fn main() {
    println!("{TRUST}");
}
