using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Models;
using NeuralEdge.Simulator.Turbo;
using NeuralEdge.Tests.Control;
using NeuralEdge.Turbo;


namespace NeuralEdge.Tests.Turbo;

/// <summary>A whole board with turbo, in a time that only the hardware's costs move.</summary>
public abstract class TurboBoard
{
    private protected SimulatedCodeLoader Platform { get; } = new();

    /// <summary>The idle work of the board that was started last.</summary>
    private protected TurboCompiler? Compiler { get; private set; }

    private protected TeachableBoard Start(Bench bench, ICodeLoader? loader, byte[] factoryModel)
    {
        Compiler = TurboCompiler.Open(loader, 32768, bench.Parts.Files);
        bench.Parts.IdleWork = Compiler;
        bench.Outputs.DriveSafe();
        TeachableBoard board = new(bench.Parts, bench.Settings, factoryModel);
        board.Start();
        return board;
    }

    private protected static BoardInfo Info(TeachableBoard board)
    {
        BoardInfo info = new();
        board.Report(info);
        return info;
    }

    private protected static void Ruin(byte[] image) => image.AsSpan(image.Length - 200, 196).Clear();

    private protected RequestStatus Upload(TeachableBoard board, byte[] file, PortableRandom random)
    {
        RequestStatus status = Finish(board, board.Updates.Begin(file.Length, BitConverter.ToUInt32(file, file.Length - 4)), random);
        for (int at = board.Updates.UploadOffset; status == RequestStatus.Ok && at < file.Length; at += 256)
        {
            status = board.Updates.Append(at, file, at, Math.Min(256, file.Length - at));
        }

        return status == RequestStatus.Ok ? Finish(board, board.Updates.Commit(), random) : status;
    }

    // Inferences and compiling go on between the pieces of an operation.
    private protected RequestStatus Finish(TeachableBoard board, RequestStatus status, PortableRandom random)
    {
        while (status == RequestStatus.Working)
        {
            status = board.Updates.Poll();
            if (random.Next(8) == 0)
            {
                _ = Compiler!.Step(board.Loop.Model);
                _ = board.Loop.RunPeriod();
            }
        }

        return status;
    }

    // What the last period has left is what the planned passes of the same model make of the same inputs.
    private protected static void AssertRight(TeachableBoard board, Model reference)
    {
        for (int i = 0; i < reference.Network.InputCount; i++)
        {
            Assert.IsTrue(reference.Network.SetInput(i, new LoopValues(board.Loop).GetInput(i)));
        }

        reference.Network.Forward();
        for (int o = 0; o < reference.Network.OutputCount; o++)
        {
            Assert.AreEqual(reference.Network.Outputs[o], new LoopValues(board.Loop).GetOutput(o));
        }
    }

    private protected static void AssertAnswer(TeachableBoard board, Dictionary<uint, Model> references, PortableRandom random)
    {
        Model reference = references[board.Loop.ModelDigest];
        for (int i = 0; i < reference.Network.InputCount; i++)
        {
            int low = reference.Network.GetInputMinimum(i);
            int raw = low + random.Next(reference.Network.GetInputMaximum(i) - low + 1);
            reference.Network.SetInput(i, raw);
            Assert.AreEqual(RequestStatus.Ok, board.Questions.Set(i, raw));
        }

        board.Questions.Ask();
        reference.Network.Forward();
        for (int o = 0; o < reference.Network.OutputCount; o++)
        {
            Assert.AreEqual(reference.Network.Outputs[o], board.Questions.GetAnswer(o));
        }
    }
}
