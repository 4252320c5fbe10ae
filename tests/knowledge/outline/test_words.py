"""Sentences, languages and what is taken off the ends of words."""

import doctest

import pytest

from knowledge.outline import inline, language, reading, regions, sentences


@pytest.mark.parametrize("module", [inline, language, reading, regions, sentences])
def test_examples_in_docstrings(module):
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize(
    "text",
    [
        "Serverless SQL query service for data in S3",
        "Only master account can enable sharing with AWS Organizations",
        "Encrypts secrets at rest by default",
        "Machine learning to discover, classify and protect sensitive data",
        "Analyses your AWS environment and gives best practise recommendations",
        "Can define a VPC environment",
        "Keys never leave the region.",
        "IoT Core supports device connections that use the MQTT protocol",
        "数据永远不会离开区域。",
    ],
)
def test_headings_that_state_a_fact(text):
    assert sentences.is_sentence(text)


@pytest.mark.parametrize(
    "text",
    [
        "Restrict Resource Policies to Organization",
        "Integrates with other applications",
        "Integration with 3rd party services",
        "How to simulate a DDoS",
        "When is a key rotated and by whom?",
        "Trusted Advisor Exposed Access Keys CloudWatch Event",
        "Public and Private TLS Certificates",
        "The Rise and Fall of the Roman Empire in the West",
        "Encryption options",
        "Keys, certificates, etc.",
        "Elastic Kubernetes Service (EKS)",
        "Ports and protocols",
        "",
    ],
)
def test_headings_that_only_name(text):
    assert not sentences.is_sentence(text)


def test_only_a_full_stop_counts_in_other_languages():
    assert not sentences.is_sentence("Il servizio serve per cifrare i dati in S3", "it")
    assert sentences.is_sentence("I dati sono cifrati.", "it")


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("The keys of the account are rotated by the service and not by hand", "en"),
        ("Le chiavi del servizio sono cifrate con una chiave che non è nel file", "it"),
        ("Die Schlüssel werden von dem Dienst nicht mit der Hand gedreht und ist sicher", "de"),
        ("Les clés du service sont dans une boîte et ne sont pas avec les autres", "fr"),
        ("Las claves del servicio se guardan en una caja y no con los otros datos", "es"),
        ("As chaves do serviço não são guardadas com os outros dados em uma caixa", "pt"),
        ("De sleutels van het systeem worden niet met de hand door een mens gedraaid", "nl"),
        ("密钥由服务自动轮换，不需要手工操作 AWS KMS", "zh"),
        ("鍵はサービスによって自動的に回転されます", "ja"),
        ("키는 서비스에 의해 자동으로 교체됩니다", "ko"),
        ("Ключи меняются автоматически", "ru"),
        ("Τα κλειδιά αλλάζουν αυτόματα", "el"),
        ("المفاتيح تتغير تلقائيا", "ar"),
        ("המפתחות מתחלפים אוטומטית", "he"),
        ("कुंजियाँ अपने आप बदलती हैं", "hi"),
        ("กุญแจเปลี่ยนเองโดยอัตโนมัติ", "th"),
        ("IAM KMS S3 EC2", "en"),
        ("12 + 30", "en"),
    ],
)
def test_languages_are_guessed(text, tag):
    assert language.guess_language(text) == tag
