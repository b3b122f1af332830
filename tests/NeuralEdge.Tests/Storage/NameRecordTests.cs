using System.Text;
using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Storage;
using NeuralEdge.Tests.Control;
using NeuralEdge.Tests.Link;

namespace NeuralEdge.Tests.Storage;

/// <summary>NAME: what a board is called and where it is outlives its starts, and nothing else gets into its flash.</summary>
[TestClass]
public sealed class NameRecordTests
{
    [TestMethod]
    public void ANameAndAPlaceOutliveTheStart()
    {
        FakeFiles files = new(new FakeClock(), 0);
        Assert.AreEqual(RequestStatus.Ok, Set(files, "pump house", "field 3"));
        NameRecord after = Start(files);
        Assert.AreEqual(("pump house", "field 3"), (after.Name, after.Place));
        Assert.AreEqual(RequestStatus.Ok, Set(files, new string('n', 32), ""));
        after = Start(files);
        Assert.AreEqual((new string('n', 32), ""), (after.Name, after.Place));
    }

    [TestMethod]
    public void OfDataOfEveryLengthOnlyThatOfTheDocumentIsTaken()
    {
        FakeFiles files = new(new FakeClock(), 0);
        NameRecord record = Start(files);
        byte[] data = new byte[80];
        Array.Fill(data, (byte)'x');
        for (int n = 0; n < 40; n++)
        {
            for (int p = 0; p < 40; p++)
            {
                data[0] = (byte)n;
                data[1 + n] = (byte)p;
                for (int length = 0; length <= data.Length; length++)
                {
                    bool isGood = n <= 32 && p <= 32 && length == 2 + n + p;
                    if (length != 2 + n + p || !isGood)
                    {
                        Assert.AreEqual(RequestStatus.BadRequest, record.Set(data, 0, length), $"{n} {p} {length}");
                    }
                }

                data[1 + n] = (byte)'x';
            }
        }

        for (int letter = 0; letter < 256; letter++)
        {
            byte[] one = [1, (byte)letter, 0];
            Assert.AreEqual(letter is >= 0x20 and <= 0x7E ? RequestStatus.Ok : RequestStatus.BadRequest, record.Set(one, 0, 3), $"{letter}");
            Assert.AreEqual(letter is >= 0x20 and <= 0x7E ? RequestStatus.Ok : RequestStatus.BadRequest, record.Set([0, 1, (byte)letter], 0, 3), $"{letter}");
        }

        Assert.AreEqual(("", "~"), (record.Name, record.Place));
    }

    [TestMethod]
    public void TheBoardTellsItsNameOverTheLinkAndGivesItBackWhenItIsEmpty()
    {
        Bench bench = new();
        ServerBench server = new(bench);
        server.Hello();
        Assert.AreEqual((byte)RequestStatus.Ok, server.Ask(LinkRequest.Name, 101, Data("pump house", "field 3"))[0]);
        byte[] info = server.Ask(LinkRequest.Info, 102);
        Host.BoardReport report = Host.BoardReport.Read(info);
        Assert.AreEqual(("pump house", "field 3", "pump house (field 3)"), (report.Name, report.Place, report.Called));
        Assert.AreEqual((byte)RequestStatus.Ok, server.Ask(LinkRequest.Name, 103, Data("", ""))[0]);
        report = Host.BoardReport.Read(server.Ask(LinkRequest.Info, 104));
        Assert.AreEqual((bench.Settings.Name, ""), (report.Name, report.Place));
        Assert.AreEqual((byte)RequestStatus.UnknownRequest, Alone()[0], "a board that keeps nothing");

        static byte[] Alone()
        {
            ServerBench none = new();
            none.Hello();
            return none.Ask(LinkRequest.Name, 101, Data("a", "b"));
        }
    }

    private static RequestStatus Set(FakeFiles files, string name, string place)
    {
        byte[] data = Data(name, place);
        return Start(files).Set(data, 0, data.Length);
    }

    private static NameRecord Start(FakeFiles files)
    {
        NameRecord record = new(files);
        record.Start();
        return record;
    }

    private static byte[] Data(string name, string place) => [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)place.Length, .. Encoding.ASCII.GetBytes(place)];
}
