using System.Numerics;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Models;

namespace NeuralEdge.Conversion.Boards;

/// <summary>
/// "decisions" of a board file: how the last few become one. <c>{"average": 8, "votes": 5, "confidence": 0.8, "quietMs": 2000}</c>:
/// outputs are exponential averages over about 8 decisions, more than half of 5 must agree, a class below 80 % is none, and for two seconds
/// after an output went off nothing goes on.
/// </summary>
internal static class BoardDecisions
{
    private const int LongestAverage = 1 << RecentDecisions.MaxAverageShift;

    /// <summary>Reads it.</summary>
    /// <param name="at">The value of "decisions".</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="InputRefusedException">It is none that a board could keep.</exception>
    internal static RecentDecisions? Read(JsonInput at)
    {
        if (!at.Exists)
        {
            return null;
        }

        at = at.RequireObject("average", "votes", "confidence", "quietMs");
        int average = at["average"].Exists ? at["average"].Integer(1, LongestAverage) : 1;
        if (!BitOperations.IsPow2(average))
        {
            throw at["average"].Refuse($"is {average}, but must be a power of two from 1 to {LongestAverage}");
        }

        int votes = at["votes"].Exists ? at["votes"].Integer(1, RecentDecisions.MaxVotes) : 1;
        if (votes % 2 == 0)
        {
            throw at["votes"].Refuse($"is {votes}, of which half may be for and half against; give an odd number up to {RecentDecisions.MaxVotes}");
        }

        double confidence = at["confidence"].Exists ? at["confidence"].Number(0, 1) : 0;
        int quietMs = at["quietMs"].Exists ? at["quietMs"].Integer(0, RecentDecisions.MaxQuietMs) : 0;
        return new RecentDecisions(votes, BitOperations.Log2((uint)average), (int)Math.Round(confidence * 32768), quietMs);
    }

    /// <summary>A board that makes one decision of the last few.</summary>
    /// <param name="board">How it is wired.</param>
    /// <param name="decisions">How the last few become one; may be null.</param>
    /// <param name="model">The model whose decisions they are.</param>
    /// <exception cref="InputRefusedException">There is a confidence, and nothing that it could be about.</exception>
    internal static BoardSpec On(BoardSpec board, RecentDecisions? decisions, FloatModel model) => decisions is { Confidence: > 0 } && !model.Network.HasProbabilities
        ? throw new InputRefusedException("the board file has a \"confidence\", which is a probability, and this model's outputs are none; take it out, or learn classes.")
        : decisions is { Confidence: > 0 } && board.Outputs.Count > 0 && board.Outputs.All(output => !output.ArgMax)
        ? throw new InputRefusedException("the board file has a \"confidence\", below which a class is none, and no output follows the largest; give \"argmax\": true in place of \"on\" and \"off\", or take the confidence out.")
        : board with { Decisions = decisions };
}
