namespace Zweizeiler.AppHost.Infrastructure;

/// <summary>Where e-mails go: a folder of <c>.eml</c> files, Mailpit in a container, or the SMTP server that <c>Mail:Smtp</c> names.</summary>
internal sealed class MailServer
{
    private readonly Func<IResourceBuilder<ProjectResource>, IResourceBuilder<ProjectResource>> _apply;
    private readonly string _from;
    private readonly string? _security;
    private readonly IReadOnlyList<(string Name, object Value)> _inbound;

    private MailServer(
        IDistributedApplicationBuilder builder, Func<IResourceBuilder<ProjectResource>, IResourceBuilder<ProjectResource>> apply, string? folder = null)
    {
        _from = builder.Configuration["Mail:From"] ?? "Zweizeiler <hello@zweizeiler.example>";
        _security = builder.Configuration["Mail:Security"];
        _inbound = Inbound(builder);
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

    public IResourceBuilder<ProjectResource> ApplyTo(IResourceBuilder<ProjectResource> notifications)
    {
        notifications = _apply(notifications).WithEnvironment("Mail__From", _from);
        if (_security is not null)
        {
            notifications = notifications.WithEnvironment("Mail__Security", _security);
        }

        foreach (var (name, value) in _inbound)
        {
            notifications = value is IResourceBuilder<ParameterResource> parameter
                ? notifications.WithEnvironment(name, parameter)
                : notifications.WithEnvironment(name, (string)value);
        }

        return notifications;
    }

    /// <summary>Answers to mails come back if <c>Mail:Inbound:Address</c> says where to: posted by a mail server, or from the mailbox <c>Mail:Inbound:Imap</c>.</summary>
    private static List<(string Name, object Value)> Inbound(IDistributedApplicationBuilder builder)
    {
        if (builder.Configuration["Mail:Inbound:Address"] is not { Length: > 0 } address)
        {
            return [];
        }

        var inbound = new List<(string, object)> { ("Mail__Inbound__Address", address), ("Mail__Inbound__Secret", builder.AddSecret("mail-inbound-secret")) };
        if (builder.Configuration["Mail:Inbound:Imap"] is { Length: > 0 } mailbox)
        {
            // It has a password in it.
            inbound.Add(("Mail__Inbound__Imap", builder.ExecutionContext.IsPublishMode ? builder.AddParameter("mail-inbound-imap", secret: true) : mailbox));
        }

        return inbound;
    }
}
