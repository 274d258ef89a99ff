//! Every official document, byte for byte: typed, pasted and as a file.
//!
//! The typed forms are those of the examples; here the documents are pasted as the pages print
//! them.

use ram_policy::{Policy, PolicyTemplate, policy, policy_file};
use ram_policy_examples::{Form, Spacing, find};

/// The document as the examples declare it in the typed form.
fn typed_form(stem: &str, indent: usize) -> Option<String> {
    let (name, form) = match stem.strip_suffix(".create-role") {
        Some(name) => (name, Form::CreateRole),
        None => (stem, Form::Document),
    };
    find(name)?.text(form, Spacing::Spaces(indent), &[]).ok()
}

/// A policy or a template, whichever the document is.
trait Printed {
    fn minified(&self) -> String;
    fn indented(&self, spaces: usize) -> String;
}

impl Printed for Policy {
    fn minified(&self) -> String {
        self.to_json()
    }

    fn indented(&self, spaces: usize) -> String {
        self.to_json_with_indent(spaces)
    }
}

impl Printed for PolicyTemplate {
    fn minified(&self) -> String {
        self.to_json()
    }

    fn indented(&self, spaces: usize) -> String {
        self.to_json_with_indent(spaces)
    }
}

macro_rules! golden {
    ($($name:ident: $file:literal, $indent:literal, $pasted:expr, $read:expr;)*) => {
        $(#[test]
        fn $name() {
            let golden = include_str!(concat!("../../golden/", $file));
            let stem = $file.trim_end_matches(".json").trim_end_matches(".txt");
            assert_eq!($pasted.indented($indent), golden, "the JSON form");
            assert_eq!($read.indented($indent), golden, "the file form");
            assert_eq!(typed_form(stem, $indent).as_deref(), Some(golden), "the typed form");
            assert_eq!($pasted, $read);
        })*

        const DOCUMENTS: &[&str] = &[$($file),*];
    };
}

#[test]
fn no_document_is_forgotten() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/golden");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .and_then(|entries| {
            entries.map(|entry| entry.map(|entry| entry.file_name())).collect::<Result<Vec<_>, _>>()
        })
        .unwrap_or_default()
        .into_iter()
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| !name.contains(".verbatim.") && !name.ends_with(".statements.txt"))
        .collect();
    files.sort();
    let mut tested = DOCUMENTS.to_vec();
    tested.sort_unstable();
    assert_eq!(files, tested);
}

#[test]
fn container_registry_statements() {
    let golden = include_str!("../../golden/container-registry.statements.txt");
    let pasted = policy! {
    {
      "Action": [
        "ecs:CreateNetworkInterfacePermission",
        "ecs:DeleteNetworkInterfacePermission",
        "ecs:CreateNetworkInterface",
        "ecs:DescribeNetworkInterfaces",
        "ecs:DescribeSecurityGroups"
      ],
      "Resource": "*",
      "Effect": "Allow"
    },
    {
      "Action": [
        "vpc:DescribeVSwitches",
        "vpc:DescribeVpcs"
      ],
      "Resource": "*",
      "Effect": "Allow"
    }
        };
    assert_eq!(pasted.to_json_pretty(), golden);
    assert_eq!(typed_form("container-registry.statements", 2).as_deref(), Some(golden));
    assert_eq!(
        pasted.into_whole_document().to_json_pretty(),
        include_str!("../../golden/container-registry.json")
    );
}

/// A document whose indentation is the page's own: the same values in the same order.
macro_rules! verbatim {
    ($($name:ident: $file:literal, $golden:literal, $pasted:expr;)*) => {
        $(#[test]
        fn $name() {
            let page = include_str!(concat!("../../golden/", $file));
            let value: serde_json::Value = serde_json::from_str(page).unwrap_or_default();
            assert_eq!($pasted.minified(), value.to_string());
            let stem = $golden.trim_end_matches(".json");
            assert_eq!($pasted.indented(2), include_str!(concat!("../../golden/", $golden)));
            assert_eq!(typed_form(stem, 2), Some($pasted.indented(2)));
        })*
    };
}

golden! {
    apigateway_describe_all: "apigateway-describe-all.json", 2, policy! {
  "Version": "1",
  "Statement": [
    {
      "Action": "apigateway:Describe*",
      "Resource": "*",
      "Effect": "Allow"
    }
  ]
}, policy_file!("golden/apigateway-describe-all.json");
    apigateway_full_access: "apigateway-full-access.json", 2, policy! {
  "Version": "1",
  "Statement": [
    {
      "Action": "apigateway:*",
      "Resource": "*",
      "Effect": "Allow"
    },
    {
      "Action": "ram:CreateServiceLinkedRole",
      "Resource": "*",
      "Effect": "Allow",
      "Condition": {
        "StringEquals": {
          "ram:ServiceName": [
            "apigateway.aliyuncs.com",
            "monitor.apigateway.aliyuncs.com",
            "sls.apigateway.aliyuncs.com"
          ]
        }
      }
    }
  ]
}, policy_file!("golden/apigateway-full-access.json");
    apigateway_function_compute: "apigateway-function-compute.json", 2, policy! {
  "Version": "1",
  "Statement": [
    {
      "Action": [
        "fc:InvokeFunction"
      ],
      "Resource": "*",
      "Effect": "Allow"
    }
  ]
}, policy_file!("golden/apigateway-function-compute.json");
    apigateway_manage_group: "apigateway-manage-group.json", 2, policy!(<regionid, accountid, groupId, appId> {
  "Version": "1",
  "Statement": [
    {
      "Action": "apigateway:*",
      "Resource": [
        "acs:apigateway:$regionid:$accountid:apigroup/$groupId",
        "acs:apigateway:$regionid:$accountid:app/$appId",
        "acs:apigateway:$regionid:$accountid:vpcaccess/*"
      ],
      "Effect": "Allow"
    }
  ]
}), policy_file!(<regionid, accountid, groupId, appId> "golden/apigateway-manage-group.json");
    apigateway_microservices: "apigateway-microservices.json", 2, policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "edas:ReadApplication",
        "edas:ReadNamespace",
        "edas:ReadService"
      ],
      "Resource": "*"
    },
    {
      "Effect": "Allow",
      "Action": [
        "mse:ListAnsServices",
        "mse:ListAnsInstances",
        "mse:ListClusters",
        "mse:QueryInstancesInfo",
        "mse:QueryClusterInfo"
      ],
      "Resource": "*"
    },
    {
      "Action": "ram:DeleteServiceLinkedRole",
      "Resource": "*",
      "Effect": "Allow",
      "Condition": {
        "StringEquals": {
          "ram:ServiceName": "microservice-integration.apigateway.aliyuncs.com"
        }
      }
    }
  ]
}, policy_file!("golden/apigateway-microservices.json");
    apigateway_monitoring: "apigateway-monitoring.json", 2, policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "cms:CreateMonitorGroup",
        "cms:CreateMonitorGroupInstances",
        "cms:DescribeMonitorGroups",
        "cms:DeleteMonitorGroup",
        "cms:DeleteMonitorGroupInstances"
      ],
      "Resource": "acs:cms:*:*:*"
    }
  ]
}, policy_file!("golden/apigateway-monitoring.json");
    apigateway_put_events: "apigateway-put-events.json", 2, policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "eventbridge:PutEvents",
      "Resource": "*"
    }
  ]
}, policy_file!("golden/apigateway-put-events.json");
    apigateway_query_apis: "apigateway-query-apis.json", 2, policy!(<regionid, accountid> {
  "Version": "1",
  "Statement": [
    {
      "Action": "apigateway:Describe*",
      "Resource": "acs:apigateway:$regionid:$accountid:apigroup/*",
      "Effect": "Allow"
    }
  ]
}), policy_file!(<regionid, accountid> "golden/apigateway-query-apis.json");
    apigateway_query_tagged: "apigateway-query-tagged.json", 2, policy!(<regionid, accountid> {
  "Version": "1",
  "Statement": [
    {
      "Action": "apigateway:Describe*",
      "Resource": "acs:apigateway:$regionid:$accountid:apigroup/*",
      "Effect": "Allow",
      "Condition": {
        "StringEquals": {
          "apigateway:tag/version": "v1"
        }
      }
    }
  ]
}), policy_file!(<regionid, accountid> "golden/apigateway-query-tagged.json");
    apigateway_read_only_access: "apigateway-read-only-access.json", 2, policy! {
  "Version": "1",
  "Statement": [
    {
      "Action": "apigateway:Describe*",
      "Resource": "*",
      "Effect": "Allow"
    }
  ]
}, policy_file!("golden/apigateway-read-only-access.json");
    connect_user_vpc_create_role: "connect-user-vpc.create-role.json", 2, policy! {
  "Version": "1",
  "Statement": [
    {
      "Action": "ram:CreateServiceLinkedRole",
      "Resource": "*",
      "Effect": "Allow",
      "Condition": {
        "StringEquals": {
          "ram:ServiceName": "connectuservpc.apigateway.aliyuncs.com"
        }
      }
    }
  ]
}, policy_file!("golden/connect-user-vpc.create-role.json");
    connect_user_vpc: "connect-user-vpc.json", 2, policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "ecs:CreateNetworkInterface",
        "ecs:DescribeNetworkInterfaceAttribute",
        "ecs:DescribeNetworkInterfaces",
        "ecs:DeleteNetworkInterface",
        "ecs:DescribeSecurityGroups",
        "ecs:ModifyNetworkInterfaceAttribute",
        "ecs:AssignPrivateIpAddresses",
        "ecs:UnassignPrivateIpAddresses",
        "ecs:AssignIpv6Addresses",
        "ecs:UnassignIpv6Addresses",
        "vpc:DescribeVpcs",
        "vpc:DescribeVSwitches",
        "ecs:AttachNetworkInterface",
        "ecs:DetachNetworkInterface",
        "ecs:CreateNetworkInterfacePermission",
        "ecs:DescribeNetworkInterfacePermissions",
        "ecs:ListTagResources",
        "vpc:DescribeVSwitchAttributes",
        "vpc:DescribeVpcAttribute",
        "vpc:ModifyBypassToaAttribute"
      ],
      "Resource": "*"
    },
    {
      "Action": "ram:DeleteServiceLinkedRole",
      "Resource": "*",
      "Effect": "Allow",
      "Condition": {
        "StringEquals": {
          "ram:ServiceName": "connectuservpc.apigateway.aliyuncs.com"
        }
      }
    }
  ]
}, policy_file!("golden/connect-user-vpc.json");
    container_registry_create_role: "container-registry.create-role.json", 4, policy!(<account = "Alibaba Cloud account ID"> {
    "Statement": [
        {
            "Action": [
                "ram:CreateServiceLinkedRole"
            ],
            "Resource": "acs:ram:*:Alibaba Cloud account ID:role/*",
            "Effect": "Allow",
            "Condition": {
                "StringEquals": {
                    "ram:ServiceName": [
                        "connect-customer-vpc.cr.aliyuncs.com"
                    ]
                }
            }
        }
    ],
    "Version": "1"
}), policy_file!(<account = "Alibaba Cloud account ID"> "golden/container-registry.create-role.json");
    container_registry: "container-registry.json", 2, policy! {
  "Version": "1",
  "Statement": [
    {
      "Action": [
        "ecs:CreateNetworkInterfacePermission",
        "ecs:DeleteNetworkInterfacePermission",
        "ecs:CreateNetworkInterface",
        "ecs:DescribeNetworkInterfaces",
        "ecs:DescribeSecurityGroups"
      ],
      "Resource": "*",
      "Effect": "Allow"
    },
    {
      "Action": [
        "vpc:DescribeVSwitches",
        "vpc:DescribeVpcs"
      ],
      "Resource": "*",
      "Effect": "Allow"
    }
  ]
}, policy_file!("golden/container-registry.json");
    mqtt_core_rule_engine: "mqtt-core-rule-engine.json", 2, policy! {
  "Version": "1",
  "Statement": [
    {
      "Action": [
        "alikafka:ListInstance",
        "alikafka:ListTopic"
      ],
      "Resource": "acs:alikafka:*:*:*",
      "Effect": "Allow"
    },
    {
      "Action": [
        "privatelink:UpdateVpcEndpointAttribute",
        "privatelink:DeleteVpcEndpoint",
        "privatelink:CreateVpcEndpoint",
        "privatelink:ListVpcEndpoints",
        "privatelink:GetVpcEndpointAttribute",
        "privatelink:ListVpcEndpointServicesByEndUser",
        "privatelink:ListVpcEndpointZones",
        "privatelink:ListVpcEndpointSecurityGroups",
        "privatelink:AddZoneToVpcEndpoint",
        "privatelink:RemoveZoneFromVpcEndpoint"
      ],
      "Resource": "acs:privatelink:*:*:*",
      "Effect": "Allow"
    },
    {
      "Action": [
        "privatelink:CreateVpcEndpoint",
        "vpc:DescribeVSwitches",
        "ecs:CreateSecurityGroup"
      ],
      "Resource": "acs:vpc:*:*:*",
      "Effect": "Allow"
    },
    {
      "Action": [
        "privatelink:CreateVpcEndpoint",
        "ecs:DescribeSecurityGroupAttribute",
        "ecs:DescribeSecurityGroups",
        "ecs:CreateSecurityGroup",
        "ecs:AuthorizeSecurityGroup",
        "ecs:DeleteSecurityGroup",
        "ecs:RevokeSecurityGroup"
      ],
      "Resource": "acs:ecs:*:*:*",
      "Effect": "Allow"
    },
    {
      "Action": "ram:DeleteServiceLinkedRole",
      "Resource": "*",
      "Effect": "Allow",
      "Condition": {
        "StringEquals": {
          "ram:ServiceName": "core-rule-engine.mqtt.aliyuncs.com"
        }
      }
    }
  ]
}, policy_file!("golden/mqtt-core-rule-engine.json");
    mqtt_tunnel: "mqtt-tunnel.json", 2, policy! {
  "Version": "1",
  "Statement": [
    {
      "Action": [
        "privatelink:UpdateVpcEndpointAttribute",
        "privatelink:DeleteVpcEndpoint",
        "privatelink:CreateVpcEndpoint",
        "privatelink:ListVpcEndpoints",
        "privatelink:GetVpcEndpointAttribute",
        "privatelink:ListVpcEndpointServicesByEndUser",
        "privatelink:ListVpcEndpointZones",
        "privatelink:ListVpcEndpointSecurityGroups",
        "privatelink:AddZoneToVpcEndpoint",
        "privatelink:RemoveZoneFromVpcEndpoint"
      ],
      "Resource": "acs:privatelink:*:*:*",
      "Effect": "Allow"
    },
    {
      "Action": [
        "privatelink:CreateVpcEndpoint",
        "vpc:DescribeVSwitches",
        "ecs:CreateSecurityGroup"
      ],
      "Resource": "acs:vpc:*:*:*",
      "Effect": "Allow"
    },
    {
      "Action": [
        "privatelink:CreateVpcEndpoint",
        "ecs:DescribeSecurityGroupAttribute",
        "ecs:DescribeSecurityGroups",
        "ecs:CreateSecurityGroup",
        "ecs:AuthorizeSecurityGroup",
        "ecs:DeleteSecurityGroup",
        "ecs:RevokeSecurityGroup"
      ],
      "Resource": "acs:ecs:*:*:*",
      "Effect": "Allow"
    },
    {
      "Action": "ram:DeleteServiceLinkedRole",
      "Resource": "*",
      "Effect": "Allow",
      "Condition": {
        "StringEquals": {
          "ram:ServiceName": "ep-tunnel.mqtt.aliyuncs.com"
        }
      }
    }
  ]
}, policy_file!("golden/mqtt-tunnel.json");
}

verbatim! {
    apigateway_describe_all_verbatim: "apigateway-describe-all.verbatim.txt", "apigateway-describe-all.json", policy! {
  "Version": "1",
  "Statement": [
    {
  "Action": "apigateway:Describe*",
      "Resource": "*",
      "Effect": "Allow"
    }
  ]
};
    apigateway_manage_group_verbatim: "apigateway-manage-group.verbatim.txt", "apigateway-manage-group.json", policy!(<regionid, accountid, groupId, appId> {
      "Version": "1",
      "Statement": [
        {
              "Action": "apigateway:*",
              "Resource": [
                  "acs:apigateway:$regionid:$accountid:apigroup/$groupId",
                  "acs:apigateway:$regionid:$accountid:app/$appId",
                  "acs:apigateway:$regionid:$accountid:vpcaccess/*"
              ],
              "Effect": "Allow"
        }
      ]
});
    apigateway_query_apis_verbatim: "apigateway-query-apis.verbatim.txt", "apigateway-query-apis.json", policy!(<regionid, accountid> {
      "Version": "1",
      "Statement": [
        {
              "Action": "apigateway:Describe*",
              "Resource":"acs:apigateway:$regionid:$accountid:apigroup/*",
              "Effect": "Allow"
        }
      ]
});
    apigateway_query_tagged_verbatim: "apigateway-query-tagged.verbatim.txt", "apigateway-query-tagged.json", policy!(<regionid, accountid> {
      "Version": "1",
      "Statement": [
        {
              "Action": "apigateway:Describe*",
              "Resource":"acs:apigateway:$regionid:$accountid:apigroup/*",
              "Effect": "Allow",
                 "Condition": {
                        "StringEquals": {
                             "apigateway:tag/version": "v1"
                        }
                 }
             }
      ]
});
}
