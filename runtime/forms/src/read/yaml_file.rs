//! A YAML file: a ROS template, or other data with policies in it.

use super::{data, ros, yaml};
use crate::embedded::{Contents, Skipped};

/// Reads a file; one that is not expected to contain a policy may be any other YAML.
pub(crate) fn read(text: &str, expected: bool) -> Contents {
    match yaml::read(text) {
        Ok(value) if ros::is_template(&value) => ros::of_yaml(text, &value),
        Ok(value) => data::of_value(text, &value, None).unwrap_or_default(),
        Err(error) => {
            let mut contents = Contents::default();
            if expected || text.contains("ROSTemplateFormatVersion") {
                contents.skipped.push(Skipped::unreadable(error.at, error.value));
            }
            contents
        }
    }
}
