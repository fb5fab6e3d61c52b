# Makes register.xlsx: 200 clubs in a spreadsheet as a secretary may keep it. Needs xlsxwriter.
import xlsxwriter, datetime, random, sys
random.seed(3); A="Alunda Bjärby Dalby Ekeby Forsa Gnesta Hede Indal Järna Knivsta Lima Mora Njurunda Orsa Piteå Ramsele Sala Tierp Undrom Vansbro".split(); B=["IF","bygdegård","kör","hembygd","SK","teater","bollklubb","scoutkår","konst","orkester"]
b=xlsxwriter.Workbook(sys.argv[1]); s=b.add_worksheet("Register 2015"); n=b.add_worksheet("Anteckningar"); n.write(0,0,"Frågor till Maria"); day=b.add_format({'num_format':'yyyy-mm-dd'}); bold=b.add_format({'bold':True}); kr=b.add_format({'num_format':'#,##0.00" kr"'})
s.write(0,0,"Föreningar med bidrag, 2015",bold); s.write_row(2,0,["Org.nr","Förening","Medlemmar","Avgift (kr)","Kassa","Gick med","Aktiv","Slag","Kontakt","Kommentar"],bold)
r=3; tot=[0,0,0]
names=[f"{a} {c}" for a in A for c in B]
for i,nm in enumerate(names):
    if i in (60,61,130): r+=1
    sport = nm.split()[-1] in("IF","SK","bollklubb","scoutkår")
    m=random.randrange(6,400); d=random.choice([1350.5,1500,2000.25,900]); k=random.randrange(-2000,40000)/4; j=datetime.date(2014,6,1)+datetime.timedelta(random.randrange(260))
    s.write_string(r,0,f"8020{i:02}-{1000+i*7}"); s.write_string(r,1,nm); s.write_number(r,2,m)
    if i%9==4: s.write_string(r,3,f"{d:,.2f}".replace(',',' ').replace('.',',')+" kr")
    else: s.write_number(r,3,d,kr)
    s.write_number(r,4,k,kr)
    if i%11==3: s.write_string(r,5,f"{j.day} {['jan','feb','mars','april','maj','juni','juli','aug','sept','okt','nov','dec'][j.month-1]} {j.year}")
    else: s.write_datetime(r,5,j,day)
    s.write_string(r,6,"Ja" if random.random()<.95 else "Nej"); s.write_string(r,7,"Sport" if sport else "Culture")
    s.write_string(r,8,f"info{i}@example.org")
    tot=[tot[0]+m,tot[1]+d,tot[2]+k]; r+=1
s.write_string(r,0,"Summa"); s.write_number(r,2,tot[0]); s.write_number(r,3,tot[1],kr); s.write_number(r,4,tot[2],kr)
s.write_string(r+2,0,"Uppgifterna kommer från föreningarna själva.")
s.set_column(0,9,15); b.close()
