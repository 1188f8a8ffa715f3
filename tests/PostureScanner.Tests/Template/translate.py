"""Prints the template as CloudFormation gets it from the SAM translator. CodeUri is set as `sam deploy` sets it, after its upload."""

import json
import sys

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class NoManagedPolicies:
    """The template names none; the translator would ask IAM for all of them."""

    def load(self):
        return {}


with open(sys.argv[1], encoding="utf-8") as file:
    template = yaml_parse(file.read())
for resource in template["Resources"].values():
    if "CodeUri" in resource.get("Properties", {}):
        resource["Properties"]["CodeUri"] = "s3://artifacts/lambda.zip"
parameters = {name: parameter.get("Default", "") for name, parameter in template["Parameters"].items()}
print(json.dumps(transform(template, parameters, NoManagedPolicies()), indent=1))
