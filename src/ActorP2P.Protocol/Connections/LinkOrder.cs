namespace ActorP2P.Protocol;

/// <summary>An order of <see cref="DuplicateLinks"/>.</summary>
/// <param name="Kind">What is to be done.</param>
/// <param name="Link">The number of the link.</param>
/// <param name="Used">The link to the same node that is used.</param>
internal readonly record struct LinkOrder(LinkOrderKind Kind, long Link, long Used);
