namespace NeuralEdge.Studio.Training;

/// <summary>What a network is to do.</summary>
public enum TrainingAim
{
    /// <summary>Say which of some classes a row is of.</summary>
    TellApart,

    /// <summary>Say how much of something there is.</summary>
    PredictNumber,

    /// <summary>Say how unlike the normal ones the last seconds are.</summary>
    NoticeDifferent,
}
