using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Zweizeiler.Client.Tests;

public sealed class Verifying_webhooks
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string OtherSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private const string Id = "evt_01";
    private const string Body = """{"type":"job.delivered","timestamp":"2026-11-23T15:00:00Z","data":{"id":"job_1","state":"in_review","reference":"ORDER-1","caseId":null}}""";

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 15, 0, 3, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now);

    private WebhookVerifier Verifier => new(Secret, time: _time);

    [Fact]
    public void The_specifications_own_example_is_verified()
    {
        // From the Standard Webhooks specification's reference tests.
        const string body = """{"test": 2432232314}""";
        var verifier = new WebhookVerifier(Secret, time: new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1614265330)));

        // The signature is right, so that only the body's form is left to complain about.
        Should.Throw<WebhookVerificationException>(() => verifier.Verify(
                "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", Encoding.UTF8.GetBytes(body)))
            .Message.ShouldBe("The body is not a webhook message.");
    }

    [Fact]
    public void A_signed_message_is_read()
    {
        var message = Verify(Sign(Secret));

        (message.Id, message.Type, message.Job?.Id, message.Job?.State, message.Job?.Reference).ShouldBe((Id, "job.delivered", "job_1", "in_review", "ORDER-1"));
    }

    [Fact]
    public void Any_of_several_signatures_may_match_any_of_several_secrets()
    {
        new WebhookVerifier([OtherSecret, Secret], time: _time).Verify(Id, Seconds(Now), Sign(Secret), Bytes(Body)).Id.ShouldBe(Id);
        Verify($"v1a,AAAA {Sign(OtherSecret)} {Sign(Secret)}").Id.ShouldBe(Id);
    }

    [Fact]
    public void Another_secret_is_refused() => Refused(() => Verify(Sign(OtherSecret)));

    [Fact]
    public void A_changed_body_is_refused() =>
        Refused(() => Verifier.Verify(Id, Seconds(Now), Sign(Secret), Bytes(Body.Replace("in_review", "accepted", StringComparison.Ordinal))));

    [Fact]
    public void Another_messages_id_is_refused() => Refused(() => Verifier.Verify("evt_02", Seconds(Now), Sign(Secret), Bytes(Body)));

    [Fact]
    public void Another_timestamp_is_refused() => Refused(() => Verifier.Verify(Id, Seconds(Now.AddSeconds(1)), Sign(Secret), Bytes(Body)));

    [Theory]
    [InlineData(-301)]
    [InlineData(301)]
    public void What_is_too_old_or_from_the_future_is_refused(int seconds)
    {
        var at = Now.AddSeconds(seconds);
        Refused(() => Verifier.Verify(Id, Seconds(at), Sign(Secret, at), Bytes(Body)));
    }

    [Theory]
    [InlineData(-299)]
    [InlineData(299)]
    public void Clocks_may_differ_a_little(int seconds)
    {
        var at = Now.AddSeconds(seconds);
        Verifier.Verify(Id, Seconds(at), Sign(Secret, at), Bytes(Body)).Id.ShouldBe(Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("v1,")]
    [InlineData("v1,not base64")]
    [InlineData("v2,AAAA")]
    [InlineData("v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_missing_or_senseless_signature_is_refused(string? signature) => Refused(() => Verify(signature));

    [Theory]
    [InlineData(null)]
    [InlineData("yesterday")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("999999999999999")]
    public void A_missing_or_senseless_timestamp_is_refused(string? timestamp) =>
        Refused(() => Verifier.Verify(Id, timestamp, Sign(Secret), Bytes(Body)));

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_not base64!")]
    public void A_secret_that_is_none_is_refused_without_being_quoted(string secret) =>
        Should.Throw<ArgumentException>(() => new WebhookVerifier(secret)).Message.ShouldNotContain("not base64!");

    private static void Refused(Action verify) => Should.Throw<WebhookVerificationException>(verify);

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Sign(string secret, DateTimeOffset? at = null) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Bytes($"{Id}.{Seconds(at ?? Now)}.{Body}")));

    private WebhookMessage Verify(string? signatures) => Verifier.Verify(Id, Seconds(Now), signatures, Bytes(Body));
}
