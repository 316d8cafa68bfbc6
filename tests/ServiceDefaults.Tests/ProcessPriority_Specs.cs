using Microsoft.AspNetCore.Builder;

namespace Zweizeiler.ServiceDefaults.Tests;

public class ProcessPriority_Specs
{
    [Theory, InlineData("20"), InlineData("-1")]
    public void Niceness_out_of_range_is_refused(string nice)
    {
        var builder = WebApplication.CreateBuilder(["--Process:Nice", nice]);
        Should.Throw<InvalidOperationException>(() => builder.AddServiceDefaults("orders")).Message.ShouldContain("Process:Nice");
    }
}
