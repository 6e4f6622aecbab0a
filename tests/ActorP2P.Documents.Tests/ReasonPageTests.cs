using System.Text.RegularExpressions;

namespace ActorP2P.Documents.Tests;

/// <summary>docs/errors.md explains every reason and no other.</summary>
public sealed partial class ReasonPageTests
{
    public static TheoryData<Type> Reasons =>
    [
        typeof(AskFailure), typeof(SendFailure), typeof(SendResult), typeof(ConnectFailure), typeof(DisconnectReason),
        typeof(LoginFailure), typeof(RequestErrorCode), typeof(StreamFailure), typeof(PeerStoreFault),
        typeof(DhtFailure),
    ];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Each_reason_is_explained_once_and_in_order(Type reasons)
    {
        string page = Repository.Read("docs/errors.md");
        int start = page.IndexOf($"\n## {reasons.Name}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/errors.md has no section {reasons.Name}.");
        int end = page.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        string section = end < 0 ? page[start..] : page[start..end];

        Assert.Equal(Enum.GetNames(reasons), Row().Matches(section).Select(row => row.Groups["reason"].Value));
        Assert.All(Row().Matches(section), row =>
        {
            Assert.NotEmpty(row.Groups["meaning"].Value.Trim());
            Assert.NotEmpty(row.Groups["remedy"].Value.Trim());
        });
    }

    [GeneratedRegex(@"^\| `(?<reason>\w+)` \|(?<meaning>[^|]*)\|(?<remedy>[^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
