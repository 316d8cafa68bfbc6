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

    [Theory]
    [InlineData("168.63.129.16")]
    [InlineData("192.88.99.1")]
    [InlineData("240.0.0.1")]
    [InlineData("64:ff9b::102:304")]
    [InlineData("64:ff9b:1:2::a00:1")]
    [InlineData("2001:0:4136:e378::1")]
    [InlineData("2001:20::1")]
    [InlineData("2002:a00:1::")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:0:10.0.0.1")]
    public void Ways_around_are_refused_too(string address)
    {
        _guard.Permits(IPAddress.Parse(address)).ShouldBeFalse();
        new AddressGuard(["1.1.1.1/32"]).Permits(IPAddress.Parse(address)).ShouldBeFalse("what is opened opens nothing else");
    }

    [Fact]
    public async Task A_name_that_leads_to_a_public_address_first_and_to_ours_when_it_counts_gets_nowhere()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var asked = 0;
        var guard = new AddressGuard([], (_, _) => Task.FromResult<IPAddress[]>([asked++ == 0 ? IPAddress.Parse("93.184.216.34") : IPAddress.Loopback]), [((IPEndPoint)listener.LocalEndpoint).Port]);
        var host = new DnsEndPoint("rebind.example", ((IPEndPoint)listener.LocalEndpoint).Port);
        (await guard.AddressesAsync(host, TestContext.Current.CancellationToken)).ShouldBe([IPAddress.Parse("93.184.216.34")]);

        using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = guard.ConnectAsync });
        var failure = await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(new Uri($"http://rebind.example:{host.Port}/"), TestContext.Current.CancellationToken));
        failure.InnerException.ShouldBeOfType<AddressRefusedException>();
        asked.ShouldBe(2, "asked when it connected, and not again");
        listener.Pending().ShouldBeFalse();
    }

    [Fact]
    public async Task It_connects_to_what_it_judged_and_looks_no_name_up_a_second_time()
    {
        // The name leads nowhere outside, and to another address of this machine if anybody asks twice.
        using var judged = new System.Net.Sockets.TcpListener(IPAddress.Parse("127.0.0.1"), 0);
        judged.Start();
        var port = ((IPEndPoint)judged.LocalEndpoint).Port;
        using var other = new System.Net.Sockets.TcpListener(IPAddress.Parse("127.0.0.2"), port);
        other.Start();
        var asked = 0;
        var guard = new AddressGuard(["127.0.0.0/8"], (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(asked++ == 0 ? "127.0.0.1" : "127.0.0.2")]));
        using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = guard.ConnectAsync, UseProxy = false });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var call = http.GetAsync(new Uri($"http://rebind.invalid:{port}/"), stop.Token);
        Task reached = judged.AcceptTcpClientAsync(stop.Token).AsTask();
        (await Task.WhenAny(reached, other.AcceptTcpClientAsync(stop.Token).AsTask(), call)).ShouldBe(reached);
        asked.ShouldBe(1);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
    }

    [Theory]
    [InlineData("93.184.216.34", "10.0.0.1")]
    [InlineData("93.184.216.34", "::1")]
    [InlineData("2606:4700:4700::1111", "fe80::1")]
    public async Task A_name_with_one_forbidden_address_among_others_is_refused_whole(string one, string other)
    {
        foreach (var order in (string[][])[[one, other], [other, one]])
        {
            var guard = new AddressGuard([], (_, _) => Task.FromResult<IPAddress[]>([.. order.Select(IPAddress.Parse)]));
            await Should.ThrowAsync<AddressRefusedException>(() => guard.AddressesAsync(new DnsEndPoint("mixed.example", 443), TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData(443, true)]
    [InlineData(8443, true)]
    [InlineData(22, false)]
    [InlineData(25, false)]
    [InlineData(5432, false)]
    public async Task Only_ports_of_the_web_are_called(int port, bool permitted)
    {
        var guard = new AddressGuard([], (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.216.34")]));
        var call = () => guard.AddressesAsync(new DnsEndPoint("shop.example", port), TestContext.Current.CancellationToken);
        if (permitted)
        {
            (await call()).Length.ShouldBe(1);
        }
        else
        {
            await Should.ThrowAsync<AddressRefusedException>(call);
        }
    }

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_refused_when_connecting()
    {
        using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = _guard.ConnectAsync });
        var failure = await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(new Uri("http://localhost:9/"), TestContext.Current.CancellationToken));
        failure.InnerException.ShouldBeOfType<AddressRefusedException>();
    }
}
