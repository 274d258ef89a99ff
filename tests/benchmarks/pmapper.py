"""Asks PMapper (PyPI: principalmapper) about an account of the same shape, without a network.

Reads the account from standard input, as benches/account/pmapper.rs writes it, puts it into the words of AWS,
and prints one line of JSON: seconds to make the graph and to find who can delete buckets, how many can, and
how many are administrator or can escalate. Of PMapper's steps only those are looked for that need no client of AWS: IAM
and STS.
"""

import collections
import collections.abc
import json
import sys
import time

# It was written for an older Python.
for name in ("Mapping", "MutableMapping"):
    if not hasattr(collections, name):
        setattr(collections, name, getattr(collections.abc, name))

from principalmapper.common import Graph, Group, Node, Policy  # noqa: E402
from principalmapper.graphing import gathering, iam_edges, sts_edges  # noqa: E402
from principalmapper.querying import query_interface  # noqa: E402
from principalmapper.querying.presets.privesc import can_privesc  # noqa: E402

ID = "123456789012"
CODES = {"ram": "iam", "oss": "s3", "ecs": "ec2"}
SERVICES = {"ecs.aliyuncs.com": "ec2.amazonaws.com", "fc.aliyuncs.com": "lambda.amazonaws.com"}
NAMES = {"StartInstance": "StartInstances", "StopInstance": "StopInstances"}


def listed(value):
    return value if isinstance(value, list) else [value]


def action(text):
    if text == "*" or text.startswith("*:"):
        # AWS takes no pattern of services.
        name = text.partition(":")[2]
        return [f"{code}:{name}" for code in ("iam", "s3", "ec2")] if name else ["*"]
    code, _, name = text.partition(":")
    return [f"{CODES.get(code, code)}:{NAMES.get(name, name)}"]


def resource(text):
    if text == "*":
        return text
    _, service, _, _, rest = text.split(":", 4)
    if service == "ram":
        return f"arn:aws:iam::{ID}:{rest}"
    if service == "oss":
        return f"arn:aws:s3:::{rest}"
    return f"arn:aws:{CODES.get(service, service)}:*:{ID}:{rest}"


def statement(given):
    made = {"Effect": given["Effect"]}
    made["Action"] = [one for text in listed(given["Action"]) for one in action(text)]
    if "Resource" in given:
        made["Resource"] = [resource(text) for text in listed(given["Resource"])]
    if "Principal" in given:
        principals = {}
        for text in listed(given["Principal"].get("RAM", [])):
            principals.setdefault("AWS", []).append(f"arn:aws:iam::{ID}:{text.rpartition(':')[2]}")
        for text in listed(given["Principal"].get("Service", [])):
            principals.setdefault("Service", []).append(SERVICES.get(text, text))
        made["Principal"] = principals
    if "Condition" in given:
        made["Condition"] = {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}
    return made


def document(given):
    return {"Version": "2012-10-17", "Statement": [statement(one) for one in given["Statement"]]}


def timed(make):
    start = time.perf_counter()
    made = make()
    return time.perf_counter() - start, made


def main():
    given = json.load(sys.stdin)
    policies = {
        name: Policy(f"arn:aws:iam::{ID}:policy/{name}", name, document(text))
        for name, text in given["policies"].items()
    }
    of = lambda names: [policies[name] for name in names]  # noqa: E731
    groups = {
        name: Group(f"arn:aws:iam::{ID}:group/{name}", of(names)) for name, names in given["groups"].items()
    }
    nodes = [
        Node(f"arn:aws:iam::{ID}:user/{name}", f"AIDA{name}", of(user["policies"]),
             [groups[group] for group in user["groups"]], None, None, 0, False, False, None, False, {})
        for name, user in given["users"].items()
    ] + [
        Node(f"arn:aws:iam::{ID}:role/{name}", f"AROA{name}", of(role["policies"]), [],
             document(role["trust"]), [], 0, False, False, None, False, {})
        for name, role in given["roles"].items()
    ]

    def graph():
        gathering.update_admin_status(nodes)
        edges = iam_edges.generate_edges_locally(nodes) + sts_edges.generate_edges_locally(nodes)
        return Graph(nodes, edges, list(policies.values()), list(groups.values()),
                     {"account_id": ID, "pmapper_version": "1.1.5"})

    made, graph = timed(graph)
    asked, found = timed(lambda: [
        node for node in nodes
        if query_interface.search_authorization_for(graph, node, "s3:DeleteBucket", "arn:aws:s3:::x", {}).allowed
    ])
    able = [node for node in nodes if node.is_admin or can_privesc(graph, node)[0]]
    print(json.dumps({
        "graph": made, "who_can": asked, "who_can_found": len(found), "to_admin_found": len(able),
    }))


if __name__ == "__main__":
    main()
