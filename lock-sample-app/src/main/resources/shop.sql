create table if not exists product (
	sku varchar(64) primary key,
	name varchar(200) not null,
	delivered integer not null,
	-- No check that stock is not negative: the lock is to see to that.
	stock integer not null,
	-- The greatest fencing token under which the row was written: see docs/fencing.md.
	fence bigint not null default 0
);

create table if not exists purchase (
	id uuid primary key,
	sku varchar(64) not null references product (sku),
	payment varchar(64) not null
);

create index if not exists purchase_sku on purchase (sku);

insert into product (sku, name, delivered, stock)
select 'lamp', 'Desk lamp', 100, 100 where not exists (select 1 from product where sku = 'lamp');

insert into product (sku, name, delivered, stock)
select 'mug', 'Coffee mug', 100, 100 where not exists (select 1 from product where sku = 'mug');

insert into product (sku, name, delivered, stock)
select 'print', 'Signed print, the last one', 1, 1 where not exists (select 1 from product where sku = 'print');
