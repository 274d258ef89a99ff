//! ARNs and callers.

use ram_policy::{Action, Caller, Ecs, Request};
use ram_policy_model::terms::arn::Arn;

/// What is read prints as it was written, and a request takes what is read and `*`.
pub(super) fn run(bytes: &[u8]) {
    let Some(text) = super::text(bytes) else { return };
    let arn = Arn::parse(text);
    if let Ok(arn) = arn {
        assert_eq!(arn.to_string(), text);
        assert_eq!(Arn::parse(&arn.to_string()), Ok(arn));
        for field in [arn.service, arn.region, arn.account] {
            assert!(!field.contains(':'), "{text:?}");
        }
        assert!(!text.contains(char::is_control), "{text:?}");
    }
    let request = Request::new(Ecs::StopInstance, text);
    assert_eq!(request.is_ok(), arn.is_ok() || text == "*", "{text:?}");
    if let Ok(actions) = Action::for_arn(text) {
        assert!(arn.is_ok() || text.contains(['*', '?']), "{text:?}");
        assert!(actions.take(10).all(|action| action.is_known()));
    }
    if Caller::from_arn(text).is_ok() {
        assert!(arn.is_ok(), "{text:?}");
    }
}
