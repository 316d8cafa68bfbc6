namespace Zweizeiler.Orders.Features.PlaceJob;

/// <summary>Examples in the API's description.</summary>
internal static class Examples
{
    public const string One = """
        {
          "kind": "translation",
          "source": "de",
          "target": "fr",
          "text": "Guten Tag Frau Martin, Ihr Paket ist leider liegen geblieben. Es kommt morgen vor 12 Uhr.",
          "urgency": "standard",
          "brief": { "formality": "formal", "tone": "friendly", "customerName": "Mme Martin", "channel": "email", "mood": "annoyed", "mustNotPromise": ["a refund"] },
          "reference": "ORDER-4711",
          "costCentre": "FR",
          "metadata": { "shop": "fr" },
          "maxPrice": { "amount": 480, "currency": "EUR" }
        }
        """;

    public const string Formulation = """
        {
          "kind": "formulation",
          "source": "de",
          "target": "fr",
          "points": ["Paket ist beim Zoll liegen geblieben", "kommt morgen vor 12 Uhr", "es tut uns leid"],
          "message": "Bonjour, où est ma commande ? J'attends depuis une semaine.",
          "maxLines": 6,
          "brief": { "formality": "formal", "customerName": "Mme Martin", "mood": "annoyed", "mustSay": ["an apology"], "mustNotPromise": ["a refund"] },
          "reference": "ORDER-4711"
        }
        """;

    public const string Summary = """
        {
          "kind": "summary",
          "source": "it",
          "target": "de",
          "text": "Buongiorno, ho ricevuto il pacco ma manca la seconda tazza. Potete spedirla entro venerdì? È un regalo.",
          "urgency": "express",
          "reference": "ORDER-4712"
        }
        """;

    public const string Call = """
        {
          "kind": "call",
          "source": "de",
          "target": "fr",
          "call": {
            "number": "+33123456789",
            "window": { "from": "2026-11-24T09:00:00+01:00", "to": "2026-11-24T17:00:00+01:00", "timeZone": "Europe/Paris" },
            "attempts": 2,
            "maxMinutes": 10,
            "ask": ["Which colour did she mean to order?", "May we deliver to the neighbour?"]
          },
          "brief": { "formality": "formal", "customerName": "Mme Martin" },
          "reference": "ORDER-4711"
        }
        """;

    public const string Quoted = """
        {
          "kind": "translation",
          "source": "de",
          "target": "fr",
          "text": "Vielen Dank für Ihre Bestellung!",
          "quoteId": "quo_01jdc9f4xyz7m8n9p0q1r2s3t4",
          "reference": "ORDER-4713"
        }
        """;

    public const string Several = """
        {
          "jobs": [
            { "kind": "translation", "source": "de", "target": "fr", "text": "Vielen Dank für Ihre Bestellung!" },
            { "kind": "translation", "source": "de", "target": "fr", "text": "Ihr Paket ist unterwegs." }
          ]
        }
        """;

    public const string Placed = """
        {
          "id": "job_01jdc9f4xyz7m8n9p0q1r2s3t4",
          "kind": "translation",
          "state": "placed",
          "mode": "live",
          "source": "de",
          "target": "fr",
          "urgency": "standard",
          "price": {
            "characters": 89, "lines": 2, "billedLines": 2, "ratePerLine": 120, "urgencyFactor": 1.00, "repetitionFactor": 1.00, "net": 240, "currency": "EUR",
            "tax": { "category": "S", "rate": 19.00, "amount": 46 }, "gross": 286, "priceList": "2026-1", "counting": 1
          },
          "promise": { "deliverBy": "2026-11-23T18:00:00Z" },
          "caseId": null,
          "reference": "ORDER-4711",
          "costCentre": "FR",
          "metadata": { "shop": "fr" },
          "createdAt": "2026-11-23T14:00:00Z",
          "updatedAt": "2026-11-23T14:00:00Z",
          "translator": null,
          "cancellationRequestedAt": null,
          "openQuestions": 0,
          "complaint": null,
          "fundingProblem": null,
          "acceptanceDueAt": null,
          "acceptedAt": null
        }
        """;

    public const string PlacedSeveral = $$"""{ "data": [ {{Placed}} ] }""";

    public const string Faults = """
        {
          "type": "urn:zweizeiler:problem:request.invalid",
          "title": "The request is not valid",
          "status": 422,
          "detail": "2 faults; each is listed under errors. Nothing was stored.",
          "instance": "/v1/jobs",
          "code": "request.invalid",
          "traceId": "4bf92f3577b34da6a3ce929d0e0e4736",
          "errors": [
            { "pointer": "/texd", "code": "field.unknown", "detail": "There is no field of this name here. Known fields: jobs, kind, source, …" },
            { "pointer": "/text", "code": "field.required", "detail": "This field is required." }
          ]
        }
        """;
}
