#!/usr/bin/env bash
# Validates the papers of the tests with the official validators, which are not part of this repository.
#
#   eng/validate-papers.sh VALIDATORS [PAPERS]
#
# VALIDATORS is a folder with
#   EN16931-UBL-validation.xslt     of github.com/ConnectingEurope/eInvoicing-EN16931 (ubl/xslt)
#   XRechnung-UBL-validation.sch    of github.com/itplr-kosit/xrechnung-schematron (src/validation/schematron, with common.sch one level up), and
#   schxslt/                        of github.com/schxslt/schxslt (core/src/main/resources/xslt/2.0), which compiles it; or XRechnung-UBL-validation.xsl, compiled
#   ubl/                            with UBL 2.1's schemas (xsd/maindoc, xsd/common)
#   pain.001.001.09.xsd             of iso20022.org
#   epc132-08.xsd                   what the European Payments Council leaves of it for a SEPA credit transfer from a customer to a bank (EPC132-08)
# What is not there is not looked at. Needs Java with Saxon-HE (Debian: libsaxonhe-java) and xmllint (Debian: libxml2-utils).
set -euo pipefail
cd "$(dirname "$0")/.."
validators=${1:?"eng/validate-papers.sh VALIDATORS [PAPERS]"}
papers=${2:-$(mktemp -d)}
saxon=${SAXON_JAR:-/usr/share/java/Saxon-HE.jar}

if [ -z "$(ls -A "$papers")" ]; then
    ZWEIZEILER_PAPERS=$papers artifacts/bin/Billing.Tests/release/Zweizeiler.Billing.Tests -noLogo -noColor -class '*.A_paper' -method '*.says_in_xml_what_its_sums_are' >/dev/null
    ZWEIZEILER_PAPERS=$papers artifacts/bin/Billing.Tests/release/Zweizeiler.Billing.Tests -noLogo -noColor -method '*.is_ordered_in_a_form_that_validators_can_look_at' >/dev/null
fi

transform() { java -cp "$saxon" net.sf.saxon.Transform "$@"; }

report=$(mktemp -d)
if [ ! -f "$validators/XRechnung-UBL-validation.xsl" ] && [ -d "$validators/schxslt" ]; then
    sch=$(find "$validators" -name XRechnung-UBL-validation.sch | head -1)
    transform -xsl:"$validators/schxslt/pipeline-for-svrl.xsl" -s:"$sch" -o:"$validators/XRechnung-UBL-validation.xsl"
fi

failed=0 looked=0
# A whole folder at once: Java starts once for each validator.
schematron() {
    local sheet=$1 name=$2 filter=$3 into=$report/$2 from
    [ -f "$sheet" ] || { echo "$name: not there, not looked at"; return; }
    from=$(mktemp -d); mkdir -p "$into"
    find "$papers" -name '*.xml' ! -name '*.pain.xml' $filter -exec cp {} "$from" \;
    transform -xsl:"$sheet" -s:"$from" -o:"$into"
    local files=0 bad=0
    for svrl in "$into"/*.xml; do
        files=$((files + 1))
        if grep -qE '<svrl:failed-assert|<svrl:successful-report' "$svrl"; then
            bad=$((bad + 1)); echo "$name: $(basename "$svrl")"
            grep -oE '(flag|role|id)="[^"]*"|<svrl:text>[^<]*' "$svrl" | sed -n '/svrl:text/p;/flag=/p' | head -20
        fi
    done
    echo "$name: $((files - bad)) of $files files without a finding"
    looked=$((looked + files)) failed=$((failed + bad))
}

schema() {
    local xsd=$1 name=$2; shift 2
    [ -f "$xsd" ] || { echo "$name: not there, not looked at"; return; }
    local files=0 bad=0
    for file in "$@"; do
        files=$((files + 1))
        xmllint --noout --nonet --schema "$xsd" "$file" 2>"$report/xsd" || { bad=$((bad + 1)); head -5 "$report/xsd"; }
    done
    echo "$name: $((files - bad)) of $files files valid"
    looked=$((looked + files)) failed=$((failed + bad))
}

mapfile -t invoices < <(grep -lE '<Invoice ' "$papers"/*.xml)
mapfile -t credits < <(grep -lE '<CreditNote ' "$papers"/*.xml)
schema "$validators/ubl/xsd/maindoc/UBL-Invoice-2.1.xsd" "UBL 2.1 Invoice" "${invoices[@]}"
schema "$validators/ubl/xsd/maindoc/UBL-CreditNote-2.1.xsd" "UBL 2.1 CreditNote" "${credits[@]}"
schema "$validators/pain.001.001.09.xsd" "pain.001.001.09" "$papers"/*.pain.xml
schema "$validators/epc132-08.xsd" "EPC132-08" "$papers"/*.pain.xml
schematron "$validators/EN16931-UBL-validation.xslt" "EN 16931" ""
# Self-billed invoices are plain EN 16931.
schematron "$validators/XRechnung-UBL-validation.xsl" "XRechnung 3" "! -name self-billed*"
echo "$looked looked at, $failed with findings"
[ "$failed" -eq 0 ]
