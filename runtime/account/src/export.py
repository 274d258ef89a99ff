#!/usr/bin/env python3
"""Exports what `ram-policy account` reads from an account of Alibaba Cloud.

    python3 export.py FOLDER [--control TARGET ...] [--without-control-policies] [--buckets BUCKET ...]

Calls the vendor's command line, `aliyun`, with the credentials that it is set up with, one operation
after the other, page by page, and leaves each response as a file. Only operations that read are called:
Get* and List* of RAM, STS, Resource Management, Resource Directory and KMS, and `oss bucket-policy`.

--control names the targets of control policies, the account first, then each folder above it up to the
Root folder; it needs the management account. --without-control-policies says that there are none.
--buckets names the buckets whose policies are exported; those of keys and secrets of KMS are found. Put the
policies of projects of Simple Log Service and of instances of Tablestore beside them by hand, as the
documentation of `Account::from_folder` names the files.
"""

import argparse
import json
import os
import subprocess
import sys


def call(product, operation, **arguments):
    """The response of an operation, or the error that the service answered with."""
    command = ["aliyun", product, operation]
    for name, value in arguments.items():
        command += [f"--{name}", str(value)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode == 0:
        return json.loads(done.stdout)
    for line in done.stderr.splitlines() + done.stdout.splitlines():
        if "ErrorCode:" in line:
            return {"Code": line.split("ErrorCode:")[1].split()[0]}
    sys.exit(f"{' '.join(command)}: {done.stderr.strip() or done.stdout.strip()}")


def bucket_policy(bucket):
    """The policy of a bucket, which is the document itself, or the error that says that there is none."""
    command = ["aliyun", "oss", "bucket-policy", "--method", "get", f"oss://{bucket}"]
    done = subprocess.run(command, capture_output=True, text=True)
    text = done.stdout[done.stdout.find("{"):done.stdout.rfind("}") + 1]
    if done.returncode == 0 and text:
        return json.loads(text)
    for code in ("NoSuchBucketPolicy", "AccessDenied", "NoSuchBucket"):
        if code in done.stdout + done.stderr:
            return {"Code": code}
    sys.exit(f"{' '.join(command)}: {done.stderr.strip() or done.stdout.strip()}")


class Export:
    def __init__(self, folder):
        self.folder = folder

    def save(self, name, response):
        path = os.path.join(self.folder, name + ".json")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(response, file, ensure_ascii=False, indent=1)

    def one(self, name, product, operation, **arguments):
        response = call(product, operation, **arguments)
        self.save(name, response)
        return response

    def marked(self, name, operation, **arguments):
        """A listing of RAM, whose pages are found by a marker."""
        pages, marker = [], None
        while True:
            more = {"Marker": marker} if marker else {}
            page = call("ram", operation, **arguments, **more)
            if "Code" in page:
                sys.exit(f"{operation}: {page['Code']}")
            self.save(name if not pages else f"{name}~{len(pages) + 1}", page)
            pages.append(page)
            marker = page.get("Marker") if page.get("IsTruncated") else None
            if not marker:
                return pages

    def numbered(self, name, product, operation, is_optional=False, **arguments):
        """A listing of Resource Management, whose pages are counted."""
        number, listed = 1, 0
        while True:
            page = call(product, operation, PageSize=100, PageNumber=number, **arguments)
            if "Code" in page and not is_optional:
                sys.exit(f"{operation}: {page['Code']}")
            self.save(name if number == 1 else f"{name}~{number}", page)
            if "Code" in page:
                return
            listed += sum(len(items) for wrapper in page.values() if isinstance(wrapper, dict)
                          for items in wrapper.values() if isinstance(items, list))
            if listed >= page.get("TotalCount", 0) or page.get("PageSize", 100) == 0:
                return
            number += 1


def items(pages, wrapper, item):
    return [one for page in pages for one in page.get(wrapper, {}).get(item, [])]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--control", nargs="*", default=[], metavar="TARGET")
    parser.add_argument("--without-control-policies", action="store_true")
    parser.add_argument("--buckets", nargs="*", default=[], metavar="BUCKET")
    asked = parser.parse_args()
    export = Export(asked.folder)

    export.one("GetCallerIdentity", "sts", "GetCallerIdentity")
    users = items(export.marked("ListUsers", "ListUsers"), "Users", "User")
    groups = items(export.marked("ListGroups", "ListGroups"), "Groups", "Group")
    roles = items(export.marked("ListRoles", "ListRoles"), "Roles", "Role")
    policies = set()

    def attached(kind, name):
        page = export.one(f"ListPoliciesFor{kind}/{name}", "ram", f"ListPoliciesFor{kind}", **{f"{kind}Name": name})
        policies.update((one["PolicyType"], one["PolicyName"]) for one in items([page], "Policies", "Policy"))

    for user in (one["UserName"] for one in users):
        attached("User", user)
        export.one(f"GetUserMFAInfo/{user}", "ram", "GetUserMFAInfo", UserName=user)
        export.one(f"GetLoginProfile/{user}", "ram", "GetLoginProfile", UserName=user)
        export.one(f"ListAccessKeys/{user}", "ram", "ListAccessKeys", UserName=user)
    for group in (one["GroupName"] for one in groups):
        attached("Group", group)
        export.marked(f"ListUsersForGroup/{group}", "ListUsersForGroup", GroupName=group)
    for role in (one["RoleName"] for one in roles):
        attached("Role", role)
        export.one(f"GetRole/{role}", "ram", "GetRole", RoleName=role)
    export.numbered("ListPolicyAttachments", "resourcemanager", "ListPolicyAttachments")
    export.numbered("ListResources", "resourcemanager", "ListResources", is_optional=True)
    for name in sorted(os.listdir(asked.folder)):
        if name.startswith("ListPolicyAttachments"):
            with open(os.path.join(asked.folder, name), encoding="utf-8") as file:
                found = items([json.load(file)], "PolicyAttachments", "PolicyAttachment")
            policies.update((one["PolicyType"], one["PolicyName"]) for one in found)
    for kind, name in sorted(policies):
        export.one(f"GetPolicy/{kind}/{name}", "ram", "GetPolicy", PolicyType=kind, PolicyName=name)

    for kind, wrapper, item, name, of in (
        ("Key", "Keys", "Key", "KeyId", "KeyId"),
        ("Secret", "SecretList", "Secret", "SecretName", "SecretName"),
    ):
        listing = f"List{kind}s"
        export.numbered(listing, "kms", listing, is_optional=True)
        for file in sorted(os.listdir(asked.folder)):
            if file.startswith(f"{listing}.") or file.startswith(f"{listing}~"):
                with open(os.path.join(asked.folder, file), encoding="utf-8") as text:
                    page = json.load(text)
                    if "Code" not in page:
                        # An empty folder says that there are none.
                        os.makedirs(os.path.join(asked.folder, f"Get{kind}Policy"), exist_ok=True)
                    for one in items([page], wrapper, item):
                        asks = {name: one[of], "PolicyName": "default"}
                        export.one(f"Get{kind}Policy/{one[of]}", "kms", f"Get{kind}Policy", **asks)
    for bucket in asked.buckets:
        export.save(f"GetBucketPolicy/{bucket}", bucket_policy(bucket))

    levels = os.path.join(asked.folder, "ListControlPolicyAttachmentsForTarget")
    if asked.without_control_policies:
        os.makedirs(levels, exist_ok=True)
    for number, target in enumerate(asked.control):
        name = f"ListControlPolicyAttachmentsForTarget/{number}-{target}"
        page = export.one(name, "resourcedirectorymaster", "ListControlPolicyAttachmentsForTarget", TargetId=target)
        for one in items([page], "ControlPolicyAttachments", "ControlPolicyAttachment"):
            policy = one["PolicyId"]
            export.one(f"GetControlPolicy/{policy}", "resourcedirectorymaster", "GetControlPolicy", PolicyId=policy)


if __name__ == "__main__":
    main()
