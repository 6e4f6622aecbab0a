namespace ActorP2P.Determinism;

/// <summary>
/// The plain order with some turns postponed: of the ready turns the one comes next whose step has come first, where
/// the step of a postponed one is later by as much. A run whose turns are all given their own steps is repeated
/// exactly.
/// </summary>
internal static class Postponed
{
    public static int Pick(List<Turn> ready, DecisionTape tape)
    {
        int best = 0;
        int bestStep = int.MaxValue;
        for (int index = 0; index < ready.Count; index++)
        {
            int step = ready[index].Since + tape.Given(ready[index].Key);
            if (step < bestStep)
            {
                (best, bestStep) = (index, step);
            }
        }
        tape.Repeat(ready[best].Key);
        return best;
    }
}
