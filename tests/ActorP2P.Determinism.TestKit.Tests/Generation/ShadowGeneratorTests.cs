using System.Collections.Immutable;
using ActorP2P.Determinism.TestKit.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ActorP2P.Determinism.TestKit.Tests;

public sealed class ShadowGeneratorTests
{
    private const string Kit = """
        namespace Akka.TestKit
        {
            public class TestKitBase
            {
                public void ExpectNoMsg(int milliseconds) { }
                public object ReceiveOne(System.TimeSpan? max = null) => null!;
                public System.Threading.Tasks.ValueTask<object> ReceiveOneAsync(System.TimeSpan? max = null) => default;
                public T ExpectMsg<T>(System.TimeSpan? timeout = null, string hint = "x") => default!;
                public void IgnoreNoMessages() { }
                MEMBER
            }
        }
        namespace ActorP2P.Determinism.TestKit
        {
            class ShadowsAttribute : System.Attribute { }
            class Pumped<T>
            {
                public static System.Threading.Tasks.ValueTask<T> Lazily(System.Func<T> pump) => default;
            }
            class VirtualWaits
            {
                public void ExpectNoMsg(int milliseconds) { }
                public object ReceiveOne(System.TimeSpan? max) => null!;
                public System.TimeSpan RemainingOrDilated(System.TimeSpan? duration) => default;
                public void Require<T>(
                    System.TimeSpan wait, string? hint, System.Threading.CancellationToken cancellation) { }
            }
            [Shadows] partial class Ours : Akka.TestKit.TestKitBase { readonly VirtualWaits _waits = new(); }
        }
        """;

    [Fact]
    public void Each_rule_writes_a_shadow_that_compiles()
    {
        Compilation generated = Generate("", out ImmutableArray<Diagnostic> reported);
        Assert.Empty(reported);
        Assert.Empty(Compiling.Errors(generated));
        INamedTypeSymbol ours = generated.GetTypeByMetadataName("ActorP2P.Determinism.TestKit.Ours")!;
        Assert.Equal(
            ["ExpectMsg", "ExpectNoMsg", "ReceiveOne", "ReceiveOneAsync"],
            ours.GetMembers().OfType<IMethodSymbol>().Where(static one => one.MethodKind == MethodKind.Ordinary)
                .Select(static one => one.Name).Order());
    }

    [Fact]
    public void A_member_that_no_rule_covers_is_an_error_that_names_it()
    {
        Generate("public void ExpectSomethingNew(System.TimeSpan max) { }", out ImmutableArray<Diagnostic> reported);
        Diagnostic error = Assert.Single(reported);
        Assert.Equal("AP2P0100", error.Id);
        Assert.Equal(DiagnosticSeverity.Error, error.Severity);
        Assert.Contains("TestKitBase.ExpectSomethingNew", error.GetMessage(null));
    }

    [Fact]
    public void A_kit_that_is_not_referenced_is_an_error()
    {
        CSharpCompilation compilation = CSharpCompilation.Create("Compiled", [CSharpSyntaxTree.ParseText("""
            namespace ActorP2P.Determinism.TestKit;
            class ShadowsAttribute { }
            [Shadows] partial class Ours { }
            """)]);
        (_, ImmutableArray<Diagnostic> reported) = Compiling.Generate(new ShadowGenerator(), compilation);
        Assert.Equal("AP2P0101", Assert.Single(reported).Id);
    }

    private static Compilation Generate(string member, out ImmutableArray<Diagnostic> reported)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Compiled",
            [CSharpSyntaxTree.ParseText(Kit.Replace("MEMBER", member, StringComparison.Ordinal))],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable));
        (Compilation generated, reported) = Compiling.Generate(new ShadowGenerator(), compilation);
        return generated;
    }
}
