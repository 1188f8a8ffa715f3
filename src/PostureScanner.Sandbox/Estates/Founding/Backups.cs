using System.Globalization;

namespace PostureScanner.Sandbox.Founding;

internal static class Backups
{
    private const int SystemBackupDays = 35;

    public static Backup Of(Estate estate, Table table, BackupSpec spec)
    {
        var created = estate.Now - spec.Created;
        var name = spec.Name ?? $"{table.Name}-{created.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture)}";
        return Make(estate, table, name, created, spec.Type, spec.Status) with
        {
            Expires = spec.ExpiresIn is { } left ? estate.Now + left : null,
        };
    }

    /// <summary>DynamoDB keeps one of its own when a table with point-in-time recovery is deleted.</summary>
    public static Backup LastOf(Estate estate, Table table) => Make(estate, table, $"{table.Name}$DeletedTableBackup", estate.Now, "SYSTEM", "AVAILABLE") with
    {
        Expires = estate.Now + TimeSpan.FromDays(SystemBackupDays),
    };

    private static Backup Make(Estate estate, Table table, string name, DateTimeOffset created, string type, string status)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{created.ToUnixTimeMilliseconds():D14}-{estate.NewId(table.Arn + name)[..8]}");
        return new Backup($"{table.Arn}/backup/{id}", name, table.Name, table.Id, table.Arn, created, type, status, table.Bytes);
    }
}
