using System.Reflection;
using NetArchTest.Rules;

namespace ActorP2P.Architecture.Tests;

/// <summary>Checks which library uses which against docs/internals/architecture.md.</summary>
public sealed class DependencyTests
{
    /// <summary>For each library of the project, the parts of the project and of Akka that it must not use.</summary>
    public static TheoryData<string, string[]> Rules => new()
    {
        { "ActorP2P.Protocol",
            ["Akka", "ActorP2P.Transport", "ActorP2P.Hocon", "ActorP2P.Determinism", "ActorP2P.Simulation"] },
        { "ActorP2P.Hocon", ["Akka", "ActorP2P.Protocol", "ActorP2P.Transport", "ActorP2P.Determinism"] },
        { "ActorP2P.Transport", ["Akka", "ActorP2P.Hocon", "ActorP2P.Determinism", "ActorP2P.Simulation"] },
        { "ActorP2P", ["Akka.Hosting", "Akka.Cluster", "Akka.TestKit", "ActorP2P.Hosting", "ActorP2P.Determinism",
            "ActorP2P.Simulation", "ActorP2P.Storage.Sqlite", "Microsoft.Data.Sqlite"] },
        { "ActorP2P.Hosting", ["Akka.Cluster", "Akka.TestKit", "ActorP2P.Determinism", "ActorP2P.Simulation"] },
        { "ActorP2P.Determinism",
            ["Akka.Hosting", "Akka.Cluster", "ActorP2P.Protocol", "ActorP2P.Transport", "ActorP2P.Hocon"] },
        { "ActorP2P.Simulation",
            ["Akka.Hosting", "Akka.Cluster", "Akka.TestKit", "Xunit", "ActorP2P.Hosting", "ActorP2P.TestKit"] },
        { "ActorP2P.Simulation.Cluster", ["Akka.TestKit", "Xunit", "ActorP2P.Hosting", "ActorP2P.TestKit"] },
        { "ActorP2P.Determinism.TestKit",
            ["Akka.Hosting", "Akka.Cluster", "ActorP2P.Protocol", "ActorP2P.Transport", "ActorP2P.Simulation"] },
        { "ActorP2P.TestKit", ["Akka.Cluster", "ActorP2P.Hosting"] },
        { "ActorP2P.MessagePack", ["Akka.Hosting", "Akka.Cluster", "Akka.TestKit", "ActorP2P.Hosting",
            "ActorP2P.Determinism", "ActorP2P.Simulation"] },
        { "ActorP2P.Storage.Sqlite", ["Akka", "ActorP2P.Hosting", "ActorP2P.Determinism", "ActorP2P.Simulation"] },
    };

    /// <summary>For each library, the assemblies that it may refer to besides those of .NET.</summary>
    public static TheoryData<string, string[]> References => new()
    {
        { "ActorP2P.Protocol", [] },
        { "ActorP2P.Hocon", [] },
        { "ActorP2P.Transport", ["ActorP2P.Protocol"] },
        {
            "ActorP2P",
            ["ActorP2P.Protocol", "ActorP2P.Transport", "ActorP2P.Hocon", "Akka", "DnsClient",
                "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions"]
        },
        { "ActorP2P.Determinism", ["Akka"] },
        { "ActorP2P.MessagePack", ["ActorP2P", "ActorP2P.Protocol", "MessagePack", "MessagePack.Annotations"] },
        { "ActorP2P.Storage.Sqlite",
            ["ActorP2P", "Microsoft.Data.Sqlite", "Microsoft.Extensions.Logging.Abstractions", "SQLitePCLRaw.core"] },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_library_uses_nothing_it_must_not(string library, string[] forbidden)
    {
        TestResult result = Types.InAssembly(Assembly.Load(library)).ShouldNot().HaveDependencyOnAny(forbidden)
            .GetResult();

        Assert.True(
            result.IsSuccessful,
            $"{library} must not use {string.Join(", ", forbidden)}, but these types do: "
            + $"{string.Join(", ", result.FailingTypeNames ?? [])}.");
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_rules_cover_every_library(string library, string[] forbidden)
    {
        AssemblyName[] used = Assembly.Load(library).GetReferencedAssemblies();

        Assert.DoesNotContain(used, name => forbidden.Contains(name.Name));
    }

    [Theory]
    [MemberData(nameof(References))]
    public void A_library_refers_to_no_other_assembly(string library, string[] allowed)
    {
        IEnumerable<string> used = Assembly.Load(library).GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && name is not "netstandard");

        Assert.Empty(used.Except(allowed));
    }

    [Fact]
    public void No_library_refers_to_itself_by_a_detour()
    {
        HashSet<string> libraries = [.. Rules.Select(rule => (string)rule[0])];
        foreach (string library in libraries)
        {
            HashSet<string> reached = [];
            Stack<string> open = new([library]);
            while (open.TryPop(out string? next))
            {
                foreach (AssemblyName name in Assembly.Load(next).GetReferencedAssemblies())
                {
                    if (libraries.Contains(name.Name!) && reached.Add(name.Name!))
                    {
                        open.Push(name.Name!);
                    }
                }
            }

            Assert.DoesNotContain(library, reached);
        }
    }

    [Fact]
    public void The_rules_detect_dependencies() => Assert.NotEmpty(
        Types.InAssembly(Assembly.Load("ActorP2P")).That().HaveDependencyOnAny("Akka.Actor").GetTypes());
}
