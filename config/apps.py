"""The app of the operator's pages, with a site of our own."""

from django.contrib.admin.apps import AdminConfig


class OperatorConfig(AdminConfig):
    default_site = "config.operator.OperatorSite"
