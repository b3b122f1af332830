using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;

namespace NeuralEdge.Tests.Control;

/// <summary>Requests to a whole board that has no link: uploads, and decisions about the model that it reports.</summary>
internal static class BoardDecisions
{
    public static BoardInfo Info(this TeachableBoard board)
    {
        BoardInfo info = new();
        board.Report(info);
        return info;
    }

    public static RequestStatus Confirm(this TeachableBoard board, bool anyway = true)
    {
        BoardInfo info = board.Info();
        return board.Updates.Confirm(info.Sequence, info.Digest, anyway);
    }

    public static RequestStatus BeginRevert(this TeachableBoard board)
    {
        BoardInfo info = board.Info();
        return board.Updates.Revert(info.Sequence, info.Digest);
    }

    public static RequestStatus Revert(this TeachableBoard board) => board.Finish(board.BeginRevert());

    /// <summary>Begin and all bytes; Working when the model is being tested.</summary>
    public static RequestStatus BeginCommit(this TeachableBoard board, byte[] file)
    {
        RequestStatus status = board.Finish(board.Updates.Begin(file.Length, BitConverter.ToUInt32(file, file.Length - 4)));
        int held = board.Updates.UploadOffset;
        if (status == RequestStatus.Ok)
        {
            status = board.Updates.Append(held, file, held, file.Length - held);
        }

        return status == RequestStatus.Ok ? board.Updates.Commit() : status;
    }

    public static RequestStatus Upload(this TeachableBoard board, byte[] file) => board.Finish(board.BeginCommit(file));

    public static RequestStatus Finish(this TeachableBoard board, RequestStatus status)
    {
        while (status == RequestStatus.Working)
        {
            status = board.Updates.Poll();
        }

        return status;
    }
}
