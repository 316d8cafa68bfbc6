namespace Zweizeiler.AppHost.Infrastructure;

/// <summary>Where e-mails go: a folder of <c>.eml</c> files, Mailpit in a container, or the SMTP server that <c>Mail:Smtp</c> names.</summary>
internal sealed class MailServer
{
    private readonly Func<IResourceBuilder<ProjectResource>, IResourceBuilder<ProjectResource>> _apply;
    private readonly string _from;

    private MailServer(
        IDistributedApplicationBuilder builder, Func<IResourceBuilder<ProjectResource>, IResourceBuilder<ProjectResource>> apply, string? folder = null)
    {
        _from = builder.Configuration["Mail:From"] ?? "Zweizeiler <hello@zweizeiler.example>";
        _apply = apply;
        Folder = folder;
    }

    /// <summary>The folder, if that is where they go.</summary>
    public string? Folder { get; }

    public static MailServer Add(IDistributedApplicationBuilder builder, Settings settings)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            var address = builder.AddParameter("mail-smtp", secret: true);
            return new MailServer(builder, project => project.WithEnvironment("Mail__Smtp", address));
        }

        if (builder.Configuration["Mail:Smtp"] is { } server)
        {
            return new MailServer(builder, project => project.WithEnvironment("Mail__Smtp", server));
        }

        if (settings.Mode == InfrastructureMode.Containers)
        {
            var mailpit = builder.AddContainer("mailpit", builder.Configuration["Infrastructure:MailpitImage"] ?? "axllent/mailpit", "v1.27")
                .WithEndpoint(targetPort: 1025, name: "smtp")
                .WithHttpEndpoint(targetPort: 8025)
                .WithHttpHealthCheck("/readyz");
            var smtp = ReferenceExpression.Create($"smtp://{mailpit.GetEndpoint("smtp").Property(EndpointProperty.HostAndPort)}");
            return new MailServer(builder, project => project.WithEnvironment("Mail__Smtp", smtp));
        }

        var folder = Path.Combine(settings.DataFolder, "mail");
        Directory.CreateDirectory(folder);
        return new MailServer(builder, project => project.WithEnvironment("Mail__PickupFolder", folder), folder);
    }

    public IResourceBuilder<ProjectResource> ApplyTo(IResourceBuilder<ProjectResource> notifications) =>
        _apply(notifications).WithEnvironment("Mail__From", _from);
}
