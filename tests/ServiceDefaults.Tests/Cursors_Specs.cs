using Microsoft.Extensions.Configuration;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.ServiceDefaults.Tests;

public class Cursors_Specs
{
    private static readonly Guid Tenant = Guid.Parse("01932f2c-9a7e-7c3d-8e21-0123456789ab");
    private static readonly Guid OtherTenant = Guid.Parse("01932f2c-9a7e-7c3d-8e21-0123456789ac");
    private static readonly Cursor Position = new(new DateTimeOffset(2026, 11, 23, 18, 0, 0, 123, 456, TimeSpan.Zero), Tenant);

    private readonly Cursors _cursors = new(new ConfigurationBuilder()
        .AddInMemoryCollection([new("Identity:SigningKey", "a signing key of more than 32 characters")]).Build());

    [Fact]
    public void A_cursor_comes_back_to_the_tick()
    {
        _cursors.TryUnprotect("jobs", Tenant, _cursors.Protect("jobs", Tenant, Position), out var back).ShouldBeTrue();
        back.ShouldBe(Position);
    }

    [Fact]
    public void A_cursor_of_another_tenant_or_list_is_refused()
    {
        var text = _cursors.Protect("jobs", Tenant, Position);
        _cursors.TryUnprotect("jobs", OtherTenant, text, out _).ShouldBeFalse();
        _cursors.TryUnprotect("events", Tenant, text, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_cursor_that_was_changed_in_any_place_is_refused()
    {
        var text = _cursors.Protect("jobs", Tenant, Position);
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_ ";
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var other in Alphabet.Where(c => c != text[i]))
            {
                _cursors.TryUnprotect("jobs", Tenant, text[..i] + other + text[(i + 1)..], out _).ShouldBeFalse($"character {i}");
            }
        }

        _cursors.TryUnprotect("jobs", Tenant, text + " ", out _).ShouldBeFalse();
        _cursors.TryUnprotect("jobs", Tenant, text + "=", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("ünïcode")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Rubbish_is_refused(string text) => _cursors.TryUnprotect("jobs", Tenant, text, out _).ShouldBeFalse();
}
