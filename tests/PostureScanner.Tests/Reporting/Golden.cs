using System.Text;
using PostureScanner.Tests.Architecture;

namespace PostureScanner.Tests.Reporting;

/// <summary>What people and programs read, kept beside the tests, so that a change of it is seen in review. <c>UPDATE_GOLDEN=1</c> rewrites it.</summary>
internal static class Golden
{
    public static void Verify(string name, string text)
    {
        var path = SourceTree.Path("tests", "PostureScanner.Tests", "Golden", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, text);

        Assert.That(path, Does.Exist, "UPDATE_GOLDEN=1 writes it");
        Assert.That(text, Is.EqualTo(Encoding.UTF8.GetString(File.ReadAllBytes(path))), $"{name} is otherwise; if that is meant, UPDATE_GOLDEN=1 writes it anew");
    }
}
