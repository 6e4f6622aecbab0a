using ActorP2P.Determinism.TestKit.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ActorP2P.Determinism.TestKit.Tests;

public sealed class PipeToGeneratorTests
{
    private const string User = """
        using System.Threading.Tasks;
        using Akka.Actor;
        namespace My.Program
        {
            class Piping : UntypedActor
            {
                protected override void OnReceive(object message) => Task.FromResult(1).PipeTo(Self, success: n => n);
            }
        }
        """;

    [Theory]
    [InlineData("[assembly: ActorP2P.Determinism.TestKit.VirtualPipeTo]", "VirtualPipeTo")]
    [InlineData("[assembly: ActorP2P.Determinism.TestKit.VirtualPipeTo(\"My\")]", "My.VirtualPipeTo")]
    [InlineData("", "Akka.Actor.PipeToSupport")]
    public void A_call_binds_to_the_nearest_extension(string attribute, string expected)
    {
        (Compilation generated, _) = Compiling.Generate(
            new PipeToGenerator(), Compiling.Of(User).AddSyntaxTrees(CSharpSyntaxTree.ParseText(attribute)));
        Assert.Empty(Compiling.Errors(generated));
        SyntaxTree user = generated.SyntaxTrees.First();
        InvocationExpressionSyntax call = user.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().First();
        ISymbol called = generated.GetSemanticModel(user).GetSymbolInfo(call).Symbol!;
        Assert.Equal(expected, called.ContainingType.ToDisplayString());
    }
}
