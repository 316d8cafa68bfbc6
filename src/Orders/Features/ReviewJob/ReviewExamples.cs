namespace Zweizeiler.Orders.Features.ReviewJob;

/// <summary>Examples in the API's description.</summary>
internal static class ReviewExamples
{
    public const string Acceptance = """{ "rating": 5, "thanks": "Merci beaucoup!", "preferTranslator": true }""";

    public const string Revision = """
        {
          "reason": "tone",
          "note": "We address our customers formally.",
          "passages": [ { "start": 0, "end": 5, "note": "Bonjour, please" } ]
        }
        """;

    public const string Rejection = """
        {
          "reason": "meaning",
          "note": "Nobody promised a refund.",
          "passages": [ { "start": 24, "end": 61 } ]
        }
        """;

    public const string Complaint = """
        {
          "reason": "terminology",
          "note": "Our customer did not recognise the product.",
          "passages": [ { "start": 18, "end": 33, "note": "It is called Allzweckreiniger on the bottle." } ]
        }
        """;
}
