using System.Text;
using PostureScanner.Core.Facts;

namespace PostureScanner.Core.Evidence;

/// <summary>
/// Takes sheets in any order and gives their lines in the order of ARNs. Sheets wait in sorted files that are merged at the end, so that
/// an estate of any size needs the memory of one batch.
/// </summary>
/// <param name="folder">For the files; whoever gave it removes it.</param>
internal sealed class SheetSpool(string folder) : IDisposable
{
    private const int Batch = 256;

    private readonly SortedList<string, byte[]> _waiting = new(Batch, StringComparer.Ordinal);
    private readonly List<string> _files = [];

    public void Add(Sheet sheet)
    {
        using var lines = new MemoryStream();
        FactLines.Write(sheet, lines);
        // A listing that names a resource twice gives it twice; the later reading stands.
        _waiting[sheet.Resource.Arn] = lines.ToArray();
        if (_waiting.Count == Batch)
            Spill();
    }

    /// <summary>The lines of each sheet, in the order of ARNs.</summary>
    public IEnumerable<byte[]> Sorted()
    {
        Spill();
        var readers = _files.ConvertAll(f => new BinaryReader(File.OpenRead(f), Encoding.UTF8));
        try
        {
            var heads = new PriorityQueue<(byte[] Lines, BinaryReader From), (string Arn, int File)>(Comparer<(string Arn, int File)>.Create(
                (x, y) => string.CompareOrdinal(x.Arn, y.Arn) is var byArn && byArn != 0 ? byArn : x.File.CompareTo(y.File)));
            foreach (var reader in readers)
                Next(reader);
            while (heads.TryDequeue(out var head, out var key))
            {
                Next(head.From);
                // Of two readings of one resource, the one of the later file.
                if (!heads.TryPeek(out _, out var following) || following.Arn != key.Arn)
                    yield return head.Lines;
            }

            void Next(BinaryReader reader)
            {
                if (reader.BaseStream.Position < reader.BaseStream.Length)
                    heads.Enqueue((Read(reader, out var arn), reader), (arn, readers.IndexOf(reader)));
            }
        }
        finally
        {
            foreach (var reader in readers)
                reader.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var file in _files)
            File.Delete(file);
    }

    private void Spill()
    {
        if (_waiting.Count == 0)
            return;
        var path = Path.Combine(folder, string.Create(null, $"sheets-{_files.Count}"));
        using var writer = new BinaryWriter(File.Create(path), Encoding.UTF8);
        foreach (var (arn, lines) in _waiting)
        {
            writer.Write(arn);
            writer.Write(lines.Length);
            writer.Write(lines);
        }

        _files.Add(path);
        _waiting.Clear();
    }

    private static byte[] Read(BinaryReader reader, out string arn)
    {
        arn = reader.ReadString();
        return reader.ReadBytes(reader.ReadInt32());
    }
}
