//! Checks that the numbers of every table fit into 16 bits.

use std::path::Path;

use crate::data::{Catalogue, Resources, Service};
use crate::error::Error;

/// The greatest number is kept for "All Resources", so none may reach it.
const MOST: usize = 65_534;

pub(crate) fn check_sizes(catalogue: &Catalogue, services: &Path) -> Result<(), Error> {
    for service in &catalogue.services {
        let most = largest(service);
        if most > MOST {
            let message = format!("the table of `{}` is too long: {most} of {MOST}", service.code);
            return Err(Error::whole(services, message));
        }
    }
    Ok(())
}

/// A number that none of the service's table exceeds.
fn largest(service: &Service) -> usize {
    let names = service.actions.iter().map(|row| service.code.len() + 2 + row.name.len()).sum();
    let types = service.actions.iter().map(|row| match &row.resources {
        Resources::Unknown | Resources::Doubtful | Resources::Named(_) => 0,
        Resources::All => 1,
        Resources::Types(types) => types.len() * 2 + 1,
    });
    let keys = service.actions.iter().map(|row| row.keys.len() + row.dependents.len()).sum();
    types.sum::<usize>().max(names).max(keys).max(service.actions.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Action, Completeness, Evidence};

    #[test]
    fn a_table_that_does_not_fit_is_an_error() {
        let action = Action {
            line: 2,
            name: "A".repeat(1_000),
            access: None,
            inferred: None,
            resources: Resources::All,
            keys: Vec::new(),
            dependents: Vec::new(),
            evidence: Evidence::Documented,
            source: "api-page".to_owned(),
        };
        let of = |actions: usize| Catalogue {
            date: String::new(),
            services: vec![Service {
                code: "x".to_owned(),
                type_name: "X".to_owned(),
                title: "X".to_owned(),
                default: false,
                completeness: Completeness::Partial,
                granularity: None,
                prints_arns: false,
                actions: vec![action.clone(); actions],
            }],
            keys: Vec::new(),
            principals: Vec::new(),
            products: Vec::new(),
            nicknames: Vec::new(),
            replaced: Vec::new(),
            event_names: Vec::new(),
            verbs: Vec::new(),
        };
        let file = Path::new("services.tsv");
        assert_eq!(check_sizes(&of(65), file), Ok(()));
        let message = check_sizes(&of(66), file).err().map(|error| error.to_string());
        let expected = "services.tsv: the table of `x` is too long: 66198 of 65534";
        assert_eq!(message.as_deref(), Some(expected));
    }
}
