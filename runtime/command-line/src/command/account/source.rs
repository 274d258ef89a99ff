//! Reads an account from whatever a path leads to.

use std::path::Path;

use ram_policy_account::{Account, Extent, Principal};
use ram_policy_model::terms::characters::is_account;
use ram_policy_model::text::shown::shown;

use super::Arguments;
use crate::account;
use crate::arguments::Kind;
use crate::failure::{Failure, usage};
use crate::files;
use crate::one_policy::one;
use crate::policies::Wanted;

/// Reads a folder of responses, a plan or a state of Terraform, or an account file.
pub(super) fn read(arguments: &Arguments, path: &Path) -> Result<Account, Failure> {
    let mut account = if path.is_dir() {
        let folder = "a folder";
        only_for_terraform(arguments, folder)?;
        Account::from_folder(path).map_err(|error| usage(shown(error.to_string())))?
    } else {
        let text = files::text_of(path)?;
        if Account::is_terraform(&text) {
            of_terraform(arguments, path, &text)?
        } else {
            only_for_terraform(arguments, "an account file")?;
            account::read(path)?.whole()?
        }
    };
    if arguments.without_control_policies {
        account.without_control_policies();
    }
    Ok(account)
}

fn of_terraform(arguments: &Arguments, path: &Path, text: &str) -> Result<Account, Failure> {
    let id = arguments.account_id.as_deref();
    if let Some(id) = id.filter(|id| !is_account(id)) {
        let id = shown(id.to_owned());
        return Err(usage(format!("`{id}` is no account; it is a number, as 1234567890123456")));
    }
    let extent = if arguments.whole { Extent::Whole } else { Extent::Part };
    Account::from_terraform(text, id, extent).map_err(|error| {
        let help = match error {
            ram_policy_account::TerraformError::NoAccount => "; give it by --account-id",
            ram_policy_account::TerraformError::NotJson(_)
            | ram_policy_account::TerraformError::NeitherPlanNorState
            | ram_policy_account::TerraformError::SeveralAccounts(..)
            | _ => "",
        };
        usage(shown(format!("{}: {error}{help}", path.display())))
    })
}

/// Refuses options that say something about Terraform.
fn only_for_terraform(arguments: &Arguments, what: &str) -> Result<(), Failure> {
    let given = [("--account-id", arguments.account_id.is_some()), ("--whole", arguments.whole)];
    match given.into_iter().find(|(_, is_given)| *is_given) {
        Some((name, _)) => {
            Err(usage(format!("{name} is for a plan or a state of Terraform, and this is {what}")))
        }
        None => Ok(()),
    }
}

/// Has a role used with the session policy of a file.
pub(super) fn session(
    account: &mut Account,
    principal: &Principal,
    file: &Path,
) -> Result<(), Failure> {
    let Principal::Role(role) = principal else {
        return Err(usage(shown(format!(
            "--session is for roles: RAM takes a session policy where a role is assumed, and {principal} is none"
        ))));
    };
    let wanted = Wanted { kind: Kind::Session, ..Wanted::default() };
    account.session(role, &one(&file.as_os_str().to_owned(), &wanted)?.open()?);
    Ok(())
}
