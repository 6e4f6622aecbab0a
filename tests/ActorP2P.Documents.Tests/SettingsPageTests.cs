namespace ActorP2P.Documents.Tests;

/// <summary>
/// docs/configuration.md lists every setting as reference.conf does. With ACTORP2P_WRITE_DOCS=1 the test writes the
/// table.
/// </summary>
public sealed class SettingsPageTests
{
    private const string Page = "docs/configuration.md";

    [Fact]
    public void The_table_of_settings_is_that_of_the_reference()
    {
        string page = Repository.Read(Page);
        int begin = page.IndexOf(SettingsTable.Begin, StringComparison.Ordinal) + SettingsTable.Begin.Length;
        int end = page.IndexOf(SettingsTable.End, StringComparison.Ordinal);
        Assert.True(begin >= SettingsTable.Begin.Length && end >= begin, $"{Page} has no marks of the table.");
        string table = SettingsTable.Make(P2PNodeOptions.Reference);
        if (Environment.GetEnvironmentVariable("ACTORP2P_WRITE_DOCS") == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root, Page), page[..begin] + table + page[end..]);
            return;
        }

        Assert.Equal(table, page[begin..end]);
    }
}
