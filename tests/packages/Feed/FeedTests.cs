using System.IO.Compression;
using System.Xml.Linq;
using Xunit;

namespace Feed;

/// <summary>The packages in the folder that ACTORP2P_FEED names, with the version ACTORP2P_VERSION.</summary>
public sealed class FeedTests
{
    private static readonly string s_feed = Required("ACTORP2P_FEED");
    private static readonly string s_version = Required("ACTORP2P_VERSION");

    // Each package with its dependencies.
    private static readonly Dictionary<string, string[]> s_dependencies = new()
    {
        ["ActorP2P"] =
        [
            "ActorP2P.Hocon", "ActorP2P.Protocol", "ActorP2P.Transport", "Akka", "DnsClient",
            "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions",
        ],
        ["ActorP2P.Cli"] = [],
        ["ActorP2P.Determinism"] = ["Akka"],
        ["ActorP2P.Determinism.TestKit"] = ["ActorP2P.Determinism", "Akka.TestKit.Xunit2", "xunit"],
        ["ActorP2P.Hocon"] = [],
        ["ActorP2P.Hosting"] =
        [
            "ActorP2P", "ActorP2P.Storage.Sqlite", "Akka.Hosting",
            "Microsoft.Extensions.Configuration.FileExtensions", "Microsoft.Extensions.Diagnostics.HealthChecks",
        ],
        ["ActorP2P.MessagePack"] = ["ActorP2P", "MessagePack"],
        ["ActorP2P.Protocol"] = [],
        ["ActorP2P.Simulation"] = ["ActorP2P", "ActorP2P.Determinism"],
        ["ActorP2P.Simulation.Cluster"] =
        [
            "ActorP2P.Simulation", "Akka.Cluster.Hosting", "LightningDB", "Microsoft.Extensions.Hosting",
        ],
        ["ActorP2P.Storage.Sqlite"] = ["ActorP2P", "Microsoft.Data.Sqlite"],
        ["ActorP2P.TestKit"] = ["ActorP2P.Determinism.TestKit", "ActorP2P.Simulation", "Akka.Hosting"],
        ["ActorP2P.Transport"] = ["ActorP2P.Protocol"],
    };

    public static TheoryData<string> Packages => [.. s_dependencies.Keys];

    [Fact]
    public void The_libraries_and_the_tool_are_packed_and_nothing_else() =>
        Assert.Equal(
            s_dependencies.Keys.Select(id => $"{id}.{s_version}.nupkg").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(s_feed, "*.nupkg").Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_depends_on_what_its_project_names(string id)
    {
        XElement[] found = [.. Metadata(id).Descendants().Where(element => element.Name.LocalName == "dependency")];

        Assert.Equal(
            s_dependencies[id].Order(StringComparer.Ordinal),
            found.Select(dependency => dependency.Attribute("id")!.Value).Order(StringComparer.Ordinal));
        Assert.All(
            found.Where(dependency => dependency.Attribute("id")!.Value.StartsWith("ActorP2P")),
            dependency => Assert.Equal(s_version, dependency.Attribute("version")!.Value));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_says_what_it_is(string id)
    {
        XElement metadata = Metadata(id);

        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.NotEqual("Package Description", Value(metadata, "description"));
        Assert.Contains("actorp2p", Value(metadata, "tags").Split(' '));
        Assert.Equal("README.md", Value(metadata, "readme"));
        using ZipArchive package = Open(id, "nupkg");
        Assert.True(package.GetEntry("README.md")!.Length > 200, "The README is too short.");
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_has_symbols(string id)
    {
        using ZipArchive symbols = Open(id, "snupkg");

        Assert.Contains(symbols.Entries, entry => entry.Name == $"{id}.pdb");
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_names_the_commit_it_was_built_from(string id)
    {
        string? commit = Environment.GetEnvironmentVariable("ACTORP2P_COMMIT");
        XElement? repository = Metadata(id).Elements()
            .SingleOrDefault(element => element.Name.LocalName == "repository");

        // A copy of the source without its history has no commit.
        Assert.Equal(string.IsNullOrEmpty(commit) ? null : commit, repository?.Attribute("commit")?.Value);
    }

    [Fact]
    public void The_kit_holds_its_generators_and_build_files()
    {
        using ZipArchive package = Open("ActorP2P.Determinism.TestKit", "nupkg");

        Assert.NotNull(package.GetEntry("analyzers/dotnet/cs/ActorP2P.Determinism.TestKit.Analyzers.dll"));
        Assert.NotNull(package.GetEntry("buildTransitive/ActorP2P.Determinism.TestKit.props"));
        Assert.NotNull(package.GetEntry("buildTransitive/ActorP2P.Determinism.TestKit.targets"));
    }

    [Fact]
    public void The_generators_also_reach_users_of_the_test_kit()
    {
        XElement kit = Metadata("ActorP2P.TestKit").Descendants()
            .Single(element => element.Attribute("id")?.Value == "ActorP2P.Determinism.TestKit");

        Assert.Equal("All", kit.Attribute("include")?.Value);
    }

    private static string Required(string variable) =>
        Environment.GetEnvironmentVariable(variable) ?? throw new InvalidOperationException($"{variable} is not set.");

    private static ZipArchive Open(string id, string extension) =>
        ZipFile.OpenRead(Path.Combine(s_feed, $"{id}.{s_version}.{extension}"));

    private static XElement Metadata(string id)
    {
        using ZipArchive package = Open(id, "nupkg");
        using Stream nuspec = package.GetEntry($"{id}.nuspec")!.Open();
        return XDocument.Load(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    private static string Value(XElement metadata, string name) =>
        metadata.Elements().Single(element => element.Name.LocalName == name).Value;
}
