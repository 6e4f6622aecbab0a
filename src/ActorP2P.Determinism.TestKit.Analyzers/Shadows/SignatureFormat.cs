using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ActorP2P.Determinism.TestKit.Analyzers;

/// <summary>Writes members of another assembly as C# source.</summary>
internal static class SignatureFormat
{
    private static readonly SymbolDisplayFormat s_type = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>A type with its namespace.</summary>
    public static string TypeOf(ITypeSymbol type) => type.ToDisplayString(s_type);

    /// <summary>The type parameters with their brackets; empty when there are none.</summary>
    public static string TypeParametersOf(IMethodSymbol method) => method.TypeParameters.Length == 0
        ? ""
        : "<" + string.Join(", ", method.TypeParameters.Select(static one => one.Name)) + ">";

    /// <summary>The list of parameters with their defaults, without the parentheses.</summary>
    public static string ParametersOf(IMethodSymbol method) => string.Join(", ", method.Parameters.Select(Parameter));

    /// <summary>The constraints of the type parameters, with a space before each; empty when there are none.</summary>
    public static string ConstraintsOf(IMethodSymbol method) => string.Concat(method.TypeParameters.Select(Constraint));

    /// <summary>The list of arguments that passes all parameters on.</summary>
    public static string ArgumentsOf(IMethodSymbol method) =>
        string.Join(", ", method.Parameters.Select(static one => Modifier(one.RefKind) + Name(one)));

    /// <summary>The name of a parameter, escaped if it is a keyword.</summary>
    public static string Name(IParameterSymbol parameter) =>
        SyntaxFacts.GetKeywordKind(parameter.Name) == SyntaxKind.None ? parameter.Name : "@" + parameter.Name;

    private static string Constraint(ITypeParameterSymbol parameter)
    {
        List<string> parts = parameter.ConstraintTypes.Select(TypeOf).ToList();
        if (parameter.HasReferenceTypeConstraint)
        {
            parts.Insert(0, "class");
        }
        if (parameter.HasConstructorConstraint)
        {
            parts.Add("new()");
        }
        return parts.Count > 0 ? $" where {parameter.Name} : {string.Join(", ", parts)}" : "";
    }

    private static string Parameter(IParameterSymbol parameter)
    {
        string type = TypeOf(parameter.Type);
        bool isNull = parameter.HasExplicitDefaultValue && parameter.ExplicitDefaultValue is null;
        if (isNull && parameter.Type.IsReferenceType && !type.EndsWith("?"))
        {
            type += "?";
        }
        string list = parameter.IsParams ? "params " : Modifier(parameter.RefKind);
        return $"{list}{type} {Name(parameter)}{Default(parameter)}";
    }

    private static string Default(IParameterSymbol parameter)
    {
        if (!parameter.HasExplicitDefaultValue)
        {
            return "";
        }
        return parameter.ExplicitDefaultValue switch
        {
            null => " = default",
            string text => " = " + SymbolDisplay.FormatLiteral(text, true),
            { } value => " = " + SymbolDisplay.FormatPrimitive(value, true, false),
        };
    }

    private static string Modifier(RefKind kind) => kind switch
    {
        RefKind.Out => "out ",
        RefKind.Ref => "ref ",
        RefKind.In => "in ",
        _ => "",
    };
}
