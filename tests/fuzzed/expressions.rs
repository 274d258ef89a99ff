//! Policies with the expressions of Terraform and ROS, made of choices, and what they are when their
//! variables have values. The values are put in here, by a reader of its own.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::choices::Choices;

/// A policy with expressions.
#[derive(Debug, Clone)]
pub struct Expressions {
    statements: Vec<Part>,
    variables: Vec<Variable>,
    /// The conditions of ROS that statements hang on, by the name of their variable.
    form: Written,
}

/// How the policy is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// `jsonencode` of an object of Terraform.
    Jsonencode,
    /// `data "alicloud_ram_policy_document"`.
    DataSource,
    /// A ROS template in JSON.
    Ros,
}

/// A variable, and values that it may have.
#[derive(Debug, Clone)]
struct Variable {
    name: String,
    values: Vec<Value>,
}

/// The values of variables.
pub type Values = BTreeMap<String, Value>;

#[derive(Debug, Clone)]
enum Expression {
    Text(String),
    /// A variable, whatever its type.
    Variable(String),
    /// A variable in a text.
    Within(String, String, String),
    /// The item of the list that a statement is made for, in a text.
    Item(String),
    If(String, Box<Expression>, Box<Expression>),
    List(Vec<Expression>),
    Concat(Vec<Expression>),
    /// A text for each item of a list.
    For(String, String),
}

/// A statement, and how often it is there.
#[derive(Debug, Clone)]
struct Part {
    effect: Expression,
    actions_are_others: bool,
    actions: Expression,
    resources: Expression,
    condition: Option<Condition>,
    times: Times,
}

#[derive(Debug, Clone)]
enum Times {
    Once,
    If(String),
    ForEach(String),
}

#[derive(Debug, Clone)]
struct Condition {
    operator: &'static str,
    key: &'static str,
    values: Expression,
    only_if: Option<String>,
}

const ACTIONS: [&str; 7] = [
    "ecs:StopInstance",
    "ecs:*",
    "*",
    "oss:GetObject",
    "ecs:Describe*",
    "ecs:*Instance",
    "vpc:DescribeVpcs",
];

const NAMES: [&str; 5] = ["StopInstance", "*", "Stop*", "DescribeDisks", "DeleteInstance"];

const RESOURCES: [&str; 6] = [
    "*",
    "acs:ecs:*:*:*",
    "acs:ecs:cn-hangzhou:*:instance/*",
    "acs:ecs:*:*:instance/i-1",
    "acs:oss:*:*:photos/*",
    "acs:vpc:*:*:vpc/*",
];

const PARTS: [&str; 6] = ["i-1", "*", "i-2", "i-?", "cn-hangzhou", "1"];

const CONDITIONS: [(&str, &str, [&str; 3]); 5] = [
    ("IpAddress", "acs:SourceIp", ["10.0.0.0/8", "10.0.0.1", "192.0.2.0/24"]),
    ("NotIpAddress", "acs:SourceIp", ["10.0.0.0/8", "10.0.0.1", "192.0.2.0/24"]),
    ("StringEquals", "ecs:tag/owner", ["a", "b", "A"]),
    ("StringNotLike", "ecs:tag/owner", ["a*", "b", "*"]),
    ("Bool", "acs:MFAPresent", ["true", "false", "true"]),
];

/// Makes policies.
struct Maker<'c, 'b> {
    choices: &'c mut Choices<'b>,
    variables: Vec<Variable>,
    form: Written,
}

impl Maker<'_, '_> {
    /// A new variable, or one there is of the same values.
    fn variable(&mut self, kind: char, values: Vec<Value>) -> String {
        let same: Vec<String> = self
            .variables
            .iter()
            .filter(|variable| variable.values == values)
            .map(|variable| variable.name.clone())
            .collect();
        if !same.is_empty() && self.choices.below(3) == 0 {
            return same[self.choices.below(same.len())].clone();
        }
        let name = format!("{kind}{}", self.variables.len());
        self.variables.push(Variable { name: name.clone(), values });
        name
    }

    fn of_texts(&mut self, texts: &[&str]) -> String {
        self.variable('s', texts.iter().map(|text| json!(text)).collect())
    }

    fn of_lists(&mut self, texts: &[&str]) -> String {
        let mut lists: Vec<Value> = texts.iter().map(|text| json!([text])).collect();
        lists.push(json!([texts[0], texts[1]]));
        // An empty list is no list of ROS, and no list of an element.
        self.variable('l', lists)
    }

    fn boolean(&mut self) -> String {
        self.variable('b', vec![json!(true), json!(false)])
    }

    fn text(&mut self, texts: &[&str], before: &str, parts: &[&str], after: &str) -> Expression {
        match self.choices.below(24) {
            0 => Expression::Variable(self.of_texts(texts)),
            1 => Expression::Within(before.into(), self.of_texts(parts), after.into()),
            2 => {
                let [one, other] =
                    [0, 1].map(|_| Expression::Text(self.choices.pick(texts).into()));
                Expression::If(self.boolean(), one.into(), other.into())
            }
            _ => Expression::Text(self.choices.pick(texts).into()),
        }
    }

    fn list(&mut self, texts: &[&str], before: &str, parts: &[&str], after: &str) -> Expression {
        let known = |maker: &mut Self| {
            let count = 1 + maker.choices.below(2);
            Expression::List((0..count).map(|_| maker.text(texts, before, parts, after)).collect())
        };
        match (self.choices.below(24), self.form) {
            (0, _) => Expression::Variable(self.of_lists(texts)),
            (1, _) => {
                let (one, other) = (known(self), known(self));
                Expression::If(self.boolean(), one.into(), other.into())
            }
            (2, Written::Jsonencode | Written::DataSource) => {
                let known = known(self);
                let more = Expression::Variable(self.of_lists(texts));
                Expression::Concat(vec![known, more])
            }
            (3, Written::Jsonencode | Written::DataSource) if after.is_empty() => {
                Expression::For(before.into(), self.of_lists(parts))
            }
            _ => known(self),
        }
    }

    fn part(&mut self) -> Part {
        let effect = match self.choices.below(16) {
            0 if self.form != Written::DataSource => {
                Expression::Variable(self.of_texts(&["Allow", "Deny"]))
            }
            1 => Expression::If(
                self.boolean(),
                Expression::Text("Allow".into()).into(),
                Expression::Text("Deny".into()).into(),
            ),
            2..=5 => Expression::Text("Deny".into()),
            _ => Expression::Text("Allow".into()),
        };
        let times = match (self.choices.below(12), self.form) {
            (0, _) => Times::If(self.boolean()),
            (1, Written::Jsonencode | Written::DataSource) => Times::ForEach(self.of_lists(&NAMES)),
            _ => Times::Once,
        };
        let mut actions = self.list(&ACTIONS, "ecs:", &NAMES, "");
        if let Times::ForEach(_) = times {
            actions = Expression::List(vec![Expression::Item("ecs:".into())]);
        }
        let resources = self.list(&RESOURCES, "acs:ecs:*:*:instance/", &PARTS, "");
        let condition = (self.choices.below(3) == 0).then(|| {
            let (operator, key, values) = CONDITIONS[self.choices.below(CONDITIONS.len())];
            // `Bool` takes one value.
            let values = match operator {
                "Bool" => Expression::List(vec![self.text(&values, "", &values, "")]),
                _ => self.list(&values, "", &values, ""),
            };
            let only_if = (self.choices.below(3) == 0).then(|| self.boolean());
            Condition { operator, key, values, only_if }
        });
        let actions_are_others = self.form != Written::DataSource && self.choices.below(8) == 0;
        Part { effect, actions_are_others, actions, resources, condition, times }
    }
}

impl Expressions {
    /// A policy made of choices.
    pub fn of(choices: &mut Choices<'_>) -> Self {
        let forms = [Written::Jsonencode, Written::DataSource, Written::Ros];
        let form = forms[choices.below(forms.len())];
        let count = 1 + choices.below(3);
        let mut maker = Maker { choices, variables: Vec::new(), form };
        let mut statements: Vec<Part> = (0..count).map(|_| maker.part()).collect();
        // A document has a statement whatever the variables are.
        if let Some(first) = statements.first_mut() {
            first.times = match &first.times {
                Times::ForEach(list) => Times::ForEach(list.clone()),
                Times::Once | Times::If(_) => Times::Once,
            };
        }
        let variables = maker.variables;
        Self { statements, variables, form }
    }

    /// How it is written.
    #[must_use]
    pub const fn form(&self) -> Written {
        self.form
    }

    /// A value for each variable.
    pub fn values(&self, choices: &mut Choices<'_>) -> Values {
        let value = |variable: &Variable| {
            let value = variable.values[choices.below(variable.values.len())].clone();
            (variable.name.clone(), value)
        };
        self.variables.iter().map(value).collect()
    }

    /// The source, without values of its variables.
    #[must_use]
    pub fn source(&self) -> String {
        match self.form {
            Written::Jsonencode | Written::DataSource => {
                let declared: String = self
                    .variables
                    .iter()
                    .map(|variable| format!("variable \"{}\" {{}}\n", variable.name))
                    .collect();
                format!("{declared}{}", self.terraform())
            }
            Written::Ros => self.ros().to_string(),
        }
    }

    /// The values as a file of Terraform has them.
    #[must_use]
    pub fn tfvars(values: &Values) -> String {
        values.iter().map(|(name, value)| format!("{name} = {value}\n")).collect()
    }

    /// The document, as it is with these values.
    #[must_use]
    pub fn filled(&self, values: &Values) -> Value {
        let mut statements = Vec::new();
        for part in &self.statements {
            match &part.times {
                Times::If(boolean) if values[boolean] == false => {}
                Times::Once | Times::If(_) => statements.push(part.filled(values, "")),
                Times::ForEach(list) => {
                    let items = values[list].as_array().unwrap();
                    let items = items.iter().map(|item| item.as_str().unwrap());
                    statements.extend(items.map(|item| part.filled(values, item)));
                }
            }
        }
        json!({ "Version": "1", "Statement": statements })
    }

    fn terraform(&self) -> String {
        if self.form == Written::DataSource {
            let blocks: String = self.statements.iter().map(Part::block).collect();
            return format!("data \"alicloud_ram_policy_document\" \"p\" {{\n{blocks}}}\n");
        }
        let statements: Vec<String> = self
            .statements
            .iter()
            .map(|part| match &part.times {
                Times::Once => format!("[{}]", part.object()),
                Times::If(boolean) => format!("var.{boolean} ? [{}] : []", part.object()),
                Times::ForEach(list) => format!("[for x in var.{list} : {}]", part.object()),
            })
            .collect();
        let statements = match statements.as_slice() {
            [only] => only.clone(),
            several => format!("concat({})", several.join(", ")),
        };
        format!(
            "resource \"alicloud_ram_policy\" \"p\" {{\n  policy_document = jsonencode({{\n    Version = \"1\"\n    Statement = {statements}\n  }})\n}}\n"
        )
    }

    fn ros(&self) -> Value {
        let mut parameters = Map::new();
        let mut conditions = Map::new();
        for Variable { name, values } in &self.variables {
            let kind = if values[0].is_array() { "CommaDelimitedList" } else { "String" };
            parameters.insert(name.clone(), json!({ "Type": kind }));
            if values[0].is_boolean() {
                let equals = json!({ "Fn::Equals": [{ "Ref": name }, "true"] });
                conditions.insert(condition_of(name), equals);
            }
        }
        let statements: Vec<Value> = self
            .statements
            .iter()
            .map(|part| match &part.times {
                Times::If(boolean) => ros_if(boolean, part.ros(), no_value()),
                Times::Once | Times::ForEach(_) => part.ros(),
            })
            .collect();
        json!({
            "ROSTemplateFormatVersion": "2015-09-01",
            "Parameters": parameters,
            "Conditions": conditions,
            "Resources": { "p": {
                "Type": "ALIYUN::RAM::ManagedPolicy",
                "Properties": {
                    "PolicyName": "p",
                    "PolicyDocument": { "Version": "1", "Statement": statements },
                },
            } },
        })
    }
}

fn condition_of(boolean: &str) -> String {
    format!("Is{boolean}")
}

fn ros_if(boolean: &str, yes: Value, no: Value) -> Value {
    json!({ "Fn::If": [condition_of(boolean), yes, no] })
}

fn no_value() -> Value {
    json!({ "Ref": "ALIYUN::NoValue" })
}

impl Part {
    const fn actions_are(&self) -> &'static str {
        if self.actions_are_others { "NotAction" } else { "Action" }
    }

    fn filled(&self, values: &Values, item: &str) -> Value {
        let of = |expression: &Expression| expression.filled(values, item);
        let mut statement = Map::new();
        statement.insert("Effect".into(), of(&self.effect));
        statement.insert(self.actions_are().into(), of(&self.actions));
        statement.insert("Resource".into(), of(&self.resources));
        if let Some(condition) = &self.condition
            && condition.only_if.as_ref().is_none_or(|boolean| values[boolean] == true)
        {
            let tests = json!({ condition.operator: { condition.key: of(&condition.values) } });
            statement.insert("Condition".into(), tests);
        }
        statement.into()
    }

    /// An object of HCL.
    fn object(&self) -> String {
        let (effect, actions) = (self.effect.hcl(), self.actions.hcl());
        let members = format!(
            "Effect = {effect}, {} = {actions}, Resource = {}",
            self.actions_are(),
            self.resources.hcl()
        );
        let Some(Condition { operator, key, values, only_if }) = &self.condition else {
            return format!("{{ {members} }}");
        };
        let tests = format!("Condition = {{ {operator} = {{ \"{key}\" = {} }} }}", values.hcl());
        match only_if {
            None => format!("{{ {members}, {tests} }}"),
            Some(boolean) => {
                format!("merge({{ {members} }}, var.{boolean} ? {{ {tests} }} : {{}})")
            }
        }
    }

    /// A block of the data source.
    fn block(&self) -> String {
        let mut body = format!(
            "    effect = {}\n    action = {}\n    resource = {}\n",
            self.effect.hcl(),
            self.actions.hcl_of("statement.value"),
            self.resources.hcl()
        );
        if let Some(Condition { operator, key, values, only_if }) = &self.condition {
            let arguments = format!(
                "      operator = \"{operator}\"\n      variable = \"{key}\"\n      values = {}\n",
                values.hcl()
            );
            body += &match only_if {
                None => format!("    condition {{\n{arguments}    }}\n"),
                Some(boolean) => format!(
                    "    dynamic \"condition\" {{\n      for_each = var.{boolean} ? [1] : []\n      content {{\n{arguments}      }}\n    }}\n"
                ),
            };
        }
        let dynamic = |each: String| {
            format!(
                "  dynamic \"statement\" {{\n    for_each = {each}\n    content {{\n{body}    }}\n  }}\n"
            )
        };
        match &self.times {
            Times::Once => format!("  statement {{\n{body}  }}\n"),
            Times::If(boolean) => dynamic(format!("var.{boolean} ? [\"x\"] : []")),
            Times::ForEach(list) => dynamic(format!("var.{list}")),
        }
    }

    fn ros(&self) -> Value {
        let mut statement = Map::new();
        statement.insert("Effect".into(), self.effect.ros());
        statement.insert(self.actions_are().into(), self.actions.ros());
        statement.insert("Resource".into(), self.resources.ros());
        if let Some(Condition { operator, key, values, only_if }) = &self.condition {
            let tests = json!({ *operator: { *key: values.ros() } });
            let tests = match only_if {
                None => tests,
                Some(boolean) => ros_if(boolean, tests, no_value()),
            };
            statement.insert("Condition".into(), tests);
        }
        statement.into()
    }
}

impl Expression {
    fn filled(&self, values: &Values, item: &str) -> Value {
        let text = |name: &String| values[name].as_str().unwrap().to_owned();
        match self {
            Self::Text(text) => json!(text),
            Self::Variable(name) => values[name].clone(),
            Self::Within(before, name, after) => json!(format!("{before}{}{after}", text(name))),
            Self::Item(before) => json!(format!("{before}{item}")),
            Self::If(boolean, yes, no) => {
                if values[boolean] == true { yes } else { no }.filled(values, item)
            }
            Self::List(items) => items.iter().map(|one| one.filled(values, item)).collect(),
            Self::Concat(lists) => lists
                .iter()
                .flat_map(|list| list.filled(values, item).as_array().cloned().unwrap())
                .collect(),
            Self::For(before, list) => {
                let items = values[list].as_array().unwrap();
                let of = |item: &Value| json!(format!("{before}{}", item.as_str().unwrap()));
                items.iter().map(of).collect()
            }
        }
    }

    fn hcl(&self) -> String {
        self.hcl_of("x")
    }

    /// As HCL, in which the item of a list is called so.
    fn hcl_of(&self, item: &str) -> String {
        let all = |items: &[Self]| {
            let items: Vec<String> = items.iter().map(|one| one.hcl_of(item)).collect();
            items.join(", ")
        };
        match self {
            Self::Text(text) => format!("\"{text}\""),
            Self::Variable(name) => format!("var.{name}"),
            Self::Within(before, name, after) => format!("\"{before}${{var.{name}}}{after}\""),
            Self::Item(before) => format!("\"{before}${{{item}}}\""),
            Self::If(boolean, yes, no) => {
                format!("var.{boolean} ? {} : {}", yes.hcl_of(item), no.hcl_of(item))
            }
            Self::List(items) => format!("[{}]", all(items)),
            Self::Concat(lists) => format!("concat({})", all(lists)),
            Self::For(before, list) => format!("[for y in var.{list} : \"{before}${{y}}\"]"),
        }
    }

    fn ros(&self) -> Value {
        match self {
            Self::Text(text) => json!(text),
            Self::Variable(name) => json!({ "Ref": name }),
            Self::Within(before, name, after) if before.len() % 2 == 0 => {
                json!({ "Fn::Join": ["", [before, { "Ref": name }, after]] })
            }
            Self::Within(before, name, after) => {
                json!({ "Fn::Sub": format!("{before}${{{name}}}{after}") })
            }
            Self::If(boolean, yes, no) => ros_if(boolean, yes.ros(), no.ros()),
            Self::List(items) => items.iter().map(Self::ros).collect(),
            Self::Item(_) | Self::Concat(_) | Self::For(..) => {
                unreachable!("ROS has no such expression")
            }
        }
    }
}
