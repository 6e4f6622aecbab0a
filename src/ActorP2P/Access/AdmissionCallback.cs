namespace ActorP2P;

/// <summary>Asks the program whether to admit a peer.</summary>
/// <param name="node">The node.</param>
/// <param name="candidate">The peer.</param>
/// <param name="cancellationToken">Cancelled when the answer is no longer needed.</param>
/// <returns>The answer; null counts as a refusal.</returns>
internal delegate ValueTask<Admission?> AdmissionCallback(
    P2PNode node, Candidate candidate, CancellationToken cancellationToken);
