//! A YAML file: a ROS template, or other data with policies in it.

use super::{data, ros, yaml};
use crate::embedded::{Contents, Skipped};

/// Reads a file; one that is not expected to contain a policy may be any other YAML.
pub(crate) fn read(text: &str, expected: bool) -> Contents {
    let mut contents = Contents::default();
    match yaml::read_all(text) {
        Ok(documents) => {
            for value in documents {
                let found = if ros::is_template(&value) {
                    ros::of_yaml(text, &value)
                } else {
                    data::of_value(text, &value, None).unwrap_or_default()
                };
                contents.policies.extend(found.policies);
                contents.skipped.extend(found.skipped);
            }
        }
        Err(error) => {
            if expected || text.contains("ROSTemplateFormatVersion") {
                contents.skipped.push(Skipped::unreadable(error.at, error.value));
            }
        }
    }
    contents
}
