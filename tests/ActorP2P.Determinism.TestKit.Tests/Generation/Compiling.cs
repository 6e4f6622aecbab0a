using System.Collections.Immutable;
using ActorP2P.Determinism.TestKit.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>Compiles small sources with the generators and the analyzer.</summary>
internal static class Compiling
{
    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Creates a compilation that refers to everything that this test project refers to.</summary>
    public static CSharpCompilation Of(string source, params MetadataReference[] without) => CSharpCompilation.Create(
        "Compiled",
        [CSharpSyntaxTree.ParseText(source)],
        s_references.Except(without),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The ids of the diagnostics that the analyzer reports, each with the marked text.</summary>
    public static async Task<string[]> Marked(string source)
    {
        CSharpCompilation compilation = Of(source);
        Assert.Empty(Errors(compilation));
        CompilationWithAnalyzers analyzed = compilation.WithAnalyzers([new KitAnalyzer()]);
        ImmutableArray<Diagnostic> found = await analyzed.GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        return [.. found.OrderBy(static one => one.Location.SourceSpan.Start).Select(static one =>
            $"{one.Id} {one.Location.SourceTree!.GetText().ToString(one.Location.SourceSpan)}")];
    }

    /// <summary>Runs a generator; returns the compilation with the generated sources, and the diagnostics.</summary>
    public static (Compilation Compilation, ImmutableArray<Diagnostic> Reported) Generate(
        IIncrementalGenerator generator, Compilation compilation)
    {
        CSharpGeneratorDriver.Create(generator).RunGeneratorsAndUpdateCompilation(
            compilation, out Compilation generated, out ImmutableArray<Diagnostic> reported);
        return (generated, reported);
    }

    public static IEnumerable<string> Errors(Compilation compilation) => compilation.GetDiagnostics()
        .Where(static one => one.Severity == DiagnosticSeverity.Error)
        .Select(static one => one.ToString());
}
