using System.Runtime.CompilerServices;

namespace ActorP2P.Protocol;

/// <summary>A value for each <see cref="CreditClass"/>, without an array of its own.</summary>
/// <typeparam name="T">The values' type.</typeparam>
[InlineArray(CreditBook.Classes)]
internal struct PerClass<T>
{
    private T _first;
}
