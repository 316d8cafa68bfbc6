using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Zweizeiler.Orders.Domain;

namespace Zweizeiler.Orders.Persistence;

internal sealed class MessageTable : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> message)
    {
        message.ToTable("messages");
        message.Property(m => m.Id).ValueGeneratedNever();
        message.Property(m => m.Mode).HasMaxLength(4);
        message.HasOne<Job>().WithMany().HasForeignKey(m => m.JobId);
        // The conversation of a job, the oldest word first.
        message.HasIndex(m => new { m.JobId, m.SentAt, m.Id });
    }
}

internal sealed class MessageTextTable : IEntityTypeConfiguration<MessageText>
{
    public void Configure(EntityTypeBuilder<MessageText> text)
    {
        text.ToTable("message_texts");
        text.HasKey(t => t.MessageId);
        text.Property(t => t.MessageId).ValueGeneratedNever();
        text.HasOne<Message>().WithOne().HasForeignKey<MessageText>(t => t.MessageId);
    }
}

internal sealed class ComplaintTable : IEntityTypeConfiguration<Complaint>
{
    public void Configure(EntityTypeBuilder<Complaint> complaint)
    {
        complaint.ToTable("complaints");
        complaint.Property(c => c.Id).ValueGeneratedNever();
        complaint.Property(c => c.Mode).HasMaxLength(4);
        // Whoever decides a complaint without having locked its job must fail, not decide it twice.
        complaint.Property(c => c.State).HasMaxLength(16).IsConcurrencyToken();
        complaint.HasOne<Job>().WithMany().HasForeignKey(c => c.JobId);
        complaint.HasIndex(c => c.JobId);
    }
}

internal sealed class ComplaintTextTable : IEntityTypeConfiguration<ComplaintText>
{
    public void Configure(EntityTypeBuilder<ComplaintText> text)
    {
        text.ToTable("complaint_texts");
        text.HasKey(t => t.ComplaintId);
        text.Property(t => t.ComplaintId).ValueGeneratedNever();
        text.HasOne<Complaint>().WithOne().HasForeignKey<ComplaintText>(t => t.ComplaintId);
    }
}
