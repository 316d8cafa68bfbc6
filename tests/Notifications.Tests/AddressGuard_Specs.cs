using System.Net;
using Zweizeiler.Notifications.Features.SendWebhooks;

namespace Zweizeiler.Notifications.Tests;

public class AddressGuard_Specs
{
    private readonly AddressGuard _guard = new([]);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("192.0.0.192")]
    [InlineData("198.18.0.1")]
    [InlineData("203.0.113.7")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void What_only_we_can_reach_is_refused(string address) => _guard.Permits(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("93.184.216.34")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450:4001:830::200e")]
    public void Public_addresses_are_reached(string address) => _guard.Permits(IPAddress.Parse(address)).ShouldBeTrue();

    [Fact]
    public void A_network_that_the_configuration_opens_is_reached_and_no_other()
    {
        var guard = new AddressGuard(["127.0.0.0/8"]);
        guard.Permits(IPAddress.Loopback).ShouldBeTrue();
        guard.Permits(IPAddress.Parse("::ffff:127.0.0.1")).ShouldBeTrue();
        guard.Permits(IPAddress.Parse("10.0.0.1")).ShouldBeFalse();
        guard.IsOpenedFor(new Uri("http://localhost:5000/")).ShouldBeTrue();
        guard.IsOpenedFor(new Uri("http://shop.example/")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://localhost/")]
    public void An_address_written_out_is_refused_at_once_however_it_is_spelt(string url) => _guard.RefusesLiteral(new Uri(url)).ShouldBeTrue();

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_refused_when_connecting()
    {
        using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = _guard.ConnectAsync });
        var failure = await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(new Uri("http://localhost:9/"), TestContext.Current.CancellationToken));
        failure.InnerException.ShouldBeOfType<AddressRefusedException>();
    }
}
