using System.Reflection;
using NetArchTest.Rules;

namespace ActorP2P.Architecture.Tests;

/// <summary>
/// Akka.NET 1.6 rewrites Akka.IO, so only one folder of the project uses it. In a compiled library the folders are not
/// visible; therefore every type of that folder has a name that begins with AkkaIo.
/// </summary>
public sealed class AkkaIoTests
{
    private const string Prefix = "AkkaIo";

    public static TheoryData<string> Libraries => [.. DependencyTests.Rules.Select(rule => (string)rule[0])];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Akka_IO_is_named_by_the_types_of_its_folder_alone(string library)
    {
        TestResult result = Types.InAssembly(Assembly.Load(library)).That().DoNotHaveNameStartingWith(Prefix)
            .ShouldNot().HaveDependencyOnAny("Akka.IO").GetResult();

        // A nested type counts as part of the type that contains it.
        Assert.DoesNotContain(
            result.FailingTypeNames ?? [], name => !name.Contains($".{Prefix}", StringComparison.Ordinal));
    }

    [Fact]
    public void The_rule_detects_uses_of_Akka_IO() => Assert.NotEmpty(
        Types.InAssembly(Assembly.Load("ActorP2P")).That().HaveDependencyOnAny("Akka.IO").GetTypes());

    [Fact]
    public void The_folder_holds_all_types_of_that_name()
    {
        string folder = Path.Combine(SourceOf("ActorP2P"), "Transports", "AkkaIo");
        IEnumerable<string> elsewhere = Directory.EnumerateFiles(
            Path.Combine(SourceOf("ActorP2P"), ".."), "*.cs", SearchOption.AllDirectories)
            .Where(
                file => !file.Contains(
                    $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => !Path.GetFullPath(file).StartsWith(Path.GetFullPath(folder), StringComparison.Ordinal))
            .Where(
                file => File.ReadLines(file).Any(
                    static line => line.StartsWith("using Akka.IO", StringComparison.Ordinal)));

        Assert.Empty(elsewhere);
    }

    private static string SourceOf(string library)
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "ActorP2P.sln")))
        {
            directory = directory.Parent;
        }

        return Path.Combine(directory!.FullName, "src", library);
    }
}
